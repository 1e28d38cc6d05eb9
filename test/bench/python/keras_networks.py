"""The networks of the workloads in Keras."""

import keras
import tensorflow as tf
from keras import layers as kl


class Embedding(kl.Layer):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def build(self, _):
        width = self.network["width"]
        self.tokens = self.add_weight((self.network["vocabulary"], width))
        self.positions = self.add_weight((self.network["tokens"], width))

    def call(self, ids):
        return tf.gather(self.tokens, ids) + self.positions


class Block(kl.Layer):
    def __init__(self, network):
        super().__init__()
        width, self.heads = network["width"], network["heads"]
        self.query, self.key, self.value, self.out = (
            kl.Dense(width, use_bias=False) for _ in range(4)
        )
        self.up = kl.Dense(network["hidden"], activation="gelu")
        self.down = kl.Dense(width)
        self.norm1, self.norm2 = (
            kl.LayerNormalization(epsilon=1e-5) for _ in range(2)
        )

    def call(self, x):
        _, tokens, width = x.shape
        depth = width // self.heads

        def split(t):
            return tf.transpose(
                tf.reshape(t, [-1, tokens, self.heads, depth]), [0, 2, 1, 3]
            )

        normal = self.norm1(x)
        query, key, value = (
            split(part(normal)) for part in (self.query, self.key, self.value)
        )
        scores = tf.matmul(query, key, transpose_b=True) / depth**0.5
        weights = tf.nn.softmax(scores)
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
        inputs = keras.Input(
            (network["tokens"],), batch_size=workload.batchSize, dtype="int32"
        )
        layers = [
            Embedding(network),
            *blocks,
            kl.GlobalAveragePooling1D(),
            kl.Dense(workload.classes),
        ]
    else:
        inputs = keras.Input(
            workload.inputShape, batch_size=workload.batchSize
        )
        layers = [layer_of(layer) for layer in network["layers"]]
    return keras.Sequential([inputs, *layers])
