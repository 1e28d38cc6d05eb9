import type { Tensor2D } from '@tensorflow/tfjs-core';
import { draw, type Cases } from '../case';
import * as r from '../reference';

/** Batch and layer normalization. */
export const normalization: Cases = {};

for (const shape of [
  [6, 5],
  [3, 4, 5, 2],
  [1, 3, 3, 2],
]) {
  const channels = [shape.at(-1)!];
  normalization[`batchNormalization in training, ${shape.join('×')}`] = {
    inputs: [draw(shape), draw(channels), draw(channels)],
    // As tfjs-layers does it in training.
    engine: (tf, x, gamma, beta) => {
      const axes = [...Array(shape.length - 1).keys()];
      const { mean, variance } = tf.moments(x, axes);
      return tf.batchNorm(x, mean, variance, beta, gamma, 1e-3);
    },
    reference: (x, gamma, beta) => r.batchNormalization(x, gamma, beta, 1e-3),
  };
}

normalization['softmax'] = {
  inputs: [draw([4, 7], -6, 6)],
  engine: (tf, x) => tf.softmax(x as Tensor2D),
  reference: (x) => r.rows(x, (row) => r.logSoftmax(row).map(Math.exp)),
};
normalization['logSoftmax'] = {
  inputs: [draw([4, 7], -6, 6)],
  engine: (tf, x) => tf.logSoftmax(x as Tensor2D),
  reference: (x) => r.rows(x, r.logSoftmax),
};

for (const channels of [4, 9, 21]) {
  const shape = [2, 5, 4, channels];
  normalization[`batchNormalization in training of ${channels} channels`] = {
    inputs: [draw(shape), draw([channels]), draw([channels])],
    engine: (tf, x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.batchNorm(x, mean, variance, beta, gamma, 1e-3);
    },
    reference: (x, gamma, beta) => r.batchNormalization(x, gamma, beta, 1e-3),
  };
}
for (const shape of [
  [3, 7],
  [2, 3, 8],
])
  normalization[`layerNormalization of ${shape.join('×')}`] = {
    inputs: [draw(shape), draw([shape.at(-1)!]), draw([shape.at(-1)!])],
    // As tfjs-layers does it.
    engine: (tf, x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, -1, true);
      const scale = tf.mul(tf.rsqrt(tf.add(variance, 1e-3)), gamma);
      return tf.add(tf.mul(tf.sub(x, mean), scale), beta);
    },
    reference: (x, gamma, beta) => {
      const normal = r.rows(x, (row) => {
        const mean = row.reduce((a, b) => a + b, 0) / row.length;
        const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length;
        return row.map((z) => (z - mean) / Math.sqrt(variance + 1e-3));
      });
      return r.combine(
        r.combine(normal, gamma, (z, g) => z * g),
        beta,
        (z, b) => z + b,
      );
    },
  };
