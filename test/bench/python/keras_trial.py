"""Keras 3 on TensorFlow: the whole step as one tf.function."""

import keras
import tensorflow as tf
from keras_networks import build


def make(threads):
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    keras.utils.set_random_seed(0)

    def trial(workload):
        model = build(workload.network, workload)
        live = None
        if workload.teacher == "live":
            live = build(workload.teacherNetwork, workload)
        optimizer = keras.optimizers.Adam(workload.learningRate)
        optimizer.build(model.trainable_variables)
        is_ids = workload.network["kind"] == "transformer"
        x = tf.constant(workload.inputs.astype("i4" if is_ids else "f4"))
        y = tf.constant(workload.labels)
        given = tf.constant(workload.teacher_logits)
        temperature, alpha = workload.temperature, workload.alpha

        def loss_of(z, soft):
            hard = tf.nn.sparse_softmax_cross_entropy_with_logits(y, z)
            if workload.teacher == "none":
                return tf.reduce_mean(hard)
            scaled = soft / temperature
            difference = tf.nn.log_softmax(scaled)
            difference -= tf.nn.log_softmax(z / temperature)
            divergence = tf.reduce_sum(tf.nn.softmax(scaled) * difference, -1)
            weight = alpha * temperature**2
            return tf.reduce_mean(weight * divergence + (1 - alpha) * hard)

        @tf.function
        def train(inputs):
            soft = live(inputs, training=False) if live else given
            with tf.GradientTape() as tape:
                loss = loss_of(model(inputs, training=True), soft)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply(gradients, model.trainable_variables)
            return loss

        return {
            "step": lambda: float(train(x)),
            "parameters": model.count_params(),
        }

    return trial
