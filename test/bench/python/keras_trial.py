"""Keras 3 on TensorFlow: the whole step as one tf.function."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf
from keras import layers as kl


class Embedding(kl.Layer):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def build(self, _):
        shape = self.network["vocabulary"], self.network["width"]
        self.tokens = self.add_weight(shape=shape, initializer="glorot_uniform")
        shape = self.network["tokens"], self.network["width"]
        self.positions = self.add_weight(shape=shape, initializer="glorot_uniform")

    def call(self, ids):
        return tf.gather(self.tokens, ids) + self.positions


class Block(kl.Layer):
    def __init__(self, network):
        super().__init__()
        width, self.heads = network["width"], network["heads"]
        self.query, self.key, self.value, self.out = (kl.Dense(width, use_bias=False) for _ in range(4))
        self.up, self.down = kl.Dense(network["hidden"], activation="gelu"), kl.Dense(width)
        self.norm1, self.norm2 = (kl.LayerNormalization(epsilon=1e-5) for _ in range(2))

    def call(self, x):
        _, tokens, width = x.shape
        depth = width // self.heads

        def split(t):
            return tf.transpose(tf.reshape(t, [-1, tokens, self.heads, depth]), [0, 2, 1, 3])

        normal = self.norm1(x)
        query, key, value = split(self.query(normal)), split(self.key(normal)), split(self.value(normal))
        weights = tf.nn.softmax(tf.matmul(query, key, transpose_b=True) / depth**0.5)
        attended = tf.transpose(tf.matmul(weights, value), [0, 2, 1, 3])
        x = x + self.out(tf.reshape(attended, [-1, tokens, width]))
        return x + self.down(self.up(self.norm2(x)))


def layer_of(layer):
    kind = layer["type"]
    activation = layer.get("activation", "linear")
    if kind == "dense":
        return kl.Dense(layer["units"], activation=activation)
    if kind == "conv2d":
        return kl.Conv2D(layer["filters"], 3, activation=activation)
    if kind == "maxPooling2d":
        return kl.MaxPooling2D()
    if kind == "flatten":
        return kl.Flatten()
    if kind == "dropout":
        return kl.Dropout(layer["rate"])
    raise ValueError(f"no layer {kind}")


def build(network, workload):
    if network["kind"] == "transformer":
        blocks = [Block(network) for _ in range(network["blocks"])]
        inputs = keras.Input((network["tokens"],), batch_size=workload.batchSize, dtype="int32")
        layers = [Embedding(network), *blocks, kl.GlobalAveragePooling1D(), kl.Dense(workload.classes)]
    else:
        inputs = keras.Input(workload.inputShape, batch_size=workload.batchSize)
        layers = [layer_of(layer) for layer in network["layers"]]
    return keras.Sequential([inputs, *layers])


def make(threads):
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    keras.utils.set_random_seed(0)

    def trial(workload):
        model = build(workload.network, workload)
        live = build(workload.teacherNetwork, workload) if workload.teacher == "live" else None
        optimizer = keras.optimizers.Adam(workload.learningRate)
        optimizer.build(model.trainable_variables)
        is_ids = workload.network["kind"] == "transformer"
        x = tf.constant(workload.inputs.astype("i4") if is_ids else workload.inputs)
        y, given = tf.constant(workload.labels), tf.constant(workload.teacher_logits)
        temperature, alpha = workload.temperature, workload.alpha

        def loss_of(z, soft):
            hard = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, z))
            if workload.teacher == "none":
                return hard
            difference = tf.nn.log_softmax(soft / temperature) - tf.nn.log_softmax(z / temperature)
            divergence = tf.reduce_mean(tf.reduce_sum(tf.nn.softmax(soft / temperature) * difference, -1))
            return alpha * temperature**2 * divergence + (1 - alpha) * hard

        @tf.function
        def train(inputs):
            soft = live(inputs, training=False) if live else given
            with tf.GradientTape() as tape:
                loss = loss_of(model(inputs, training=True), soft)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        return {"step": lambda: float(train(x)), "parameters": model.count_params()}

    return trial
