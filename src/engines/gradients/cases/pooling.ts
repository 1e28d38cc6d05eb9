import type { Tensor4D } from '@tensorflow/tfjs-core';
import { draw, type Cases } from '../case';
import * as r from '../reference';
import type { Padding } from '../reference';

/** Pooling, with padded borders and negative inputs too. */
export const pooling: Cases = {};

const pools: [number[], [number, number], [number, number], Padding][] = [
  [[2, 6, 6, 3], [2, 2], [2, 2], 'valid'],
  [[2, 7, 5, 3], [2, 2], [2, 2], 'same'],
  [[1, 7, 7, 2], [3, 3], [1, 1], 'same'],
  [[1, 7, 8, 2], [3, 2], [2, 3], 'valid'],
  [[1, 6, 9, 2], [3, 2], [1, 3], 'same'],
  [[1, 6, 9, 2], [2, 2], [3, 3], 'same'],
];
for (const [x, window, strides, padding] of pools) {
  const name = `${x.join('×')} window ${window.join('×')} strides ${strides.join('×')} ${padding}`;
  for (const [sign, low, high] of [
    ['', -2, 2],
    [', all negative', -3, -1],
  ] as const)
    pooling[`maxPool ${name}${sign}`] = {
      inputs: [draw(x, low, high)],
      engine: (tf, a) => tf.maxPool(a as Tensor4D, window, strides, padding),
      reference: (a) => r.pool('max', a, window, strides, padding),
    };
  pooling[`avgPool ${name}`] = {
    inputs: [draw(x)],
    engine: (tf, a) => tf.avgPool(a as Tensor4D, window, strides, padding),
    reference: (a) => r.pool('average', a, window, strides, padding),
  };
}
pooling['globalAveragePooling2d'] = {
  inputs: [draw([2, 5, 3, 4])],
  engine: (tf, x) => tf.mean(x, [1, 2]),
  reference: (x) =>
    r.fill([2, 4], (n, c) => {
      let total = 0;
      for (let i = 0; i < 15; i++) total += x.data[(n * 15 + i) * 4 + c]!;
      return total / 15;
    }),
};

for (const channels of [4, 9, 21]) {
  const shape = [2, 5, 4, channels];
  pooling[`maxPool of ${channels} channels`] = {
    inputs: [draw(shape)],
    engine: (tf, x) => tf.maxPool(x as Tensor4D, 3, 2, 'same'),
    reference: (x) => r.pool('max', x, [3, 3], [2, 2], 'same'),
  };
  pooling[`avgPool of ${channels} channels`] = {
    inputs: [draw(shape)],
    engine: (tf, x) => tf.avgPool(x as Tensor4D, 3, 2, 'same'),
    reference: (x) => r.pool('average', x, [3, 3], [2, 2], 'same'),
  };
}
