import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { stream } from '../../../src/data/random';
import { loadEngine } from '../../../src/engines/engines';
import type { TensorFlow } from '../../../src/methods/method';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadEngine('portable'));
});

test('names what can change a bit', async () => {
  const { numerics } = await loadEngine('portable');
  expect(numerics).toEqual({
    engine: 'portable',
    version: tf.version_core,
    variant: 'wasm-simd-kernels',
    threads: 1,
    execution: 'eager',
  });
});

test('a full heap is an error, and what was on it stays', () => {
  const kept = tf.tensor1d([1, 2, 3]);
  expect(() => tf.fill([2 ** 30], 1)).toThrow('Out of memory');
  expect([...kept.dataSync()]).toEqual([1, 2, 3]);
  kept.dispose();
});

describe('the logits of an example do not depend on the batch that it comes in', () => {
  const count = 37;
  const numbers = (n: number, name: string) => stream(1, name).fillNormal(new Float32Array(n));

  function rowsAlone(forward: (from: number, size: number) => Float32Array, width: number): void {
    const all = forward(0, count);
    for (const size of [1, 2, 3, 5, 8, 36])
      for (let from = 0; from + size <= count; from += size)
        expect(forward(from, size)).toEqual(all.slice(from * width, (from + size) * width));
  }

  test.each([10, 3, 16, 257])('matrix product with %i columns', (columns) => {
    const x = numbers(count * 65, 'x');
    const w = tf.tensor2d(numbers(65 * columns, 'w'), [65, columns]);
    rowsAlone((from, size) => {
      const rows = tf.tensor2d(x.slice(from * 65, (from + size) * 65), [size, 65]);
      return tf.matMul(rows, w).dataSync<'float32'>();
    }, columns);
  });

  test('convolution', () => {
    const x = numbers(count * 7 * 7 * 3, 'x');
    const w = tf.tensor4d(numbers(3 * 3 * 3 * 5, 'w'), [3, 3, 3, 5]);
    rowsAlone(
      (from, size) => {
        const images: Tensor4D = tf.tensor4d(x.slice(from * 147, (from + size) * 147), [size, 7, 7, 3]);
        return tf.conv2d(images, w, 2, 'same').dataSync<'float32'>();
      },
      4 * 4 * 5,
    );
  });
});
