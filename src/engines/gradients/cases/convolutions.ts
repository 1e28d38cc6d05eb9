import type { Tensor4D } from '@tensorflow/tfjs-core';
import { draw, type Cases } from '../case';
import * as r from '../reference';
import type { Padding } from '../reference';

/** Convolutions, plain and depthwise. */
export const convolutions: Cases = {};

const plain: [number[], number[], [number, number], Padding][] = [
  [[2, 7, 5, 3], [3, 3, 3, 4], [1, 1], 'same'],
  [[2, 7, 5, 3], [3, 3, 3, 4], [1, 1], 'valid'],
  [[1, 7, 8, 2], [3, 3, 2, 3], [2, 2], 'same'],
  [[1, 8, 7, 2], [3, 3, 2, 3], [2, 2], 'valid'],
  [[3, 9, 6, 1], [2, 3, 1, 2], [2, 1], 'same'],
  [[2, 6, 6, 1], [5, 2, 1, 2], [1, 3], 'same'],
  [[2, 6, 6, 2], [2, 2, 2, 2], [3, 3], 'same'],
  [[2, 5, 5, 4], [1, 1, 4, 3], [1, 1], 'same'],
  [[2, 5, 5, 4], [1, 1, 4, 3], [2, 2], 'same'],
];
for (const [x, w, strides, padding] of plain) {
  const name = `${x.join('×')} ${w.join('×')} strides ${strides.join('×')} ${padding}`;
  convolutions[`conv2d ${name}`] = {
    inputs: [draw(x), draw(w)],
    engine: (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, strides, padding),
    reference: (a, b) => r.conv2d(a, b, strides, padding),
  };
  convolutions[`conv2d, fused with its bias, ${name}`] = {
    inputs: [draw(x), draw(w), draw([w[3]!])],
    engine: (tf, a, b, bias) =>
      tf.fused.conv2d({ x: a as Tensor4D, filter: b as Tensor4D, strides, pad: padding, bias: bias }),
    reference: (a, b, bias) => r.combine(r.conv2d(a, b, strides, padding), bias, (p, q) => p + q),
  };
}

const depthwise: [number[], number[], [number, number], Padding][] = [
  [[2, 7, 5, 3], [3, 3, 3, 1], [1, 1], 'same'],
  [[1, 7, 6, 2], [3, 3, 2, 2], [1, 1], 'valid'],
  [[2, 8, 7, 3], [3, 3, 3, 2], [2, 2], 'same'],
  [[2, 8, 7, 1], [2, 4, 1, 3], [2, 2], 'valid'],
  [[1, 6, 9, 2], [2, 2, 2, 1], [3, 3], 'same'],
];
for (const [x, w, strides, padding] of depthwise)
  convolutions[`depthwiseConv2d ${x.join('×')} ${w.join('×')} strides ${strides.join('×')} ${padding}`] = {
    inputs: [draw(x), draw(w)],
    engine: (tf, a, b) => tf.depthwiseConv2d(a as Tensor4D, b as Tensor4D, strides, padding),
    reference: (a, b) => r.depthwiseConv2d(a, b, strides, padding),
  };

for (const [x, w, strides, padding] of [
  [[1, 3, 4, 4], [3, 3, 4, 12], [1, 1], 'same'],
  [[2, 3, 4, 4], [2, 3, 4, 9], [1, 1], 'valid'],
  [[1, 6, 4, 5], [3, 2, 5, 8], [2, 1], 'same'],
  [[1, 1, 1, 3], [1, 1, 3, 1], [1, 1], 'valid'],
] as const)
  convolutions[`conv2d ${x.join('×')} ${w.join('×')} strides ${strides.join('×')} ${padding}`] = {
    inputs: [draw([...x]), draw([...w])],
    engine: (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, [...strides], padding),
    reference: (a, b) => r.conv2d(a, b, [...strides], padding),
  };
convolutions['depthwiseConv2d of nine channels'] = {
  inputs: [draw([2, 5, 4, 9]), draw([3, 3, 9, 1])],
  engine: (tf, a, b) => tf.depthwiseConv2d(a as Tensor4D, b as Tensor4D, 1, 'same'),
  reference: (a, b) => r.depthwiseConv2d(a, b, [1, 1], 'same'),
};

convolutions['depthwiseConv2d with a dilation of 2×3, predicting'] = {
  inputs: [draw([2, 9, 10, 3]), draw([2, 2, 3, 2])],
  engine: (tf, a, b) => tf.depthwiseConv2d(a as Tensor4D, b as Tensor4D, 1, 'valid', 'NHWC', [2, 3]),
  reference: (a, b) => r.depthwiseConv2d(a, r.dilated(b, [2, 3]), [1, 1], 'valid'),
  // TensorFlow.js refuses to differentiate it.
  gradient: false,
};
convolutions['conv2d with a dilation of 2, predicting'] = {
  inputs: [draw([2, 7, 6, 3]), draw([3, 2, 3, 4])],
  engine: (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, 1, 'same', 'NHWC', [2, 2]),
  reference: (a, b) => r.conv2d(a, r.dilated(b, [2, 2]), [1, 1], 'same'),
  // TensorFlow.js refuses to differentiate it.
  gradient: false,
};
