import fc from 'fast-check';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { stream } from '../../../src/data/random';
import { portableVariants } from '../../../src/engines/portable';
import type { TensorFlow } from '../../../src/methods/method';
import { loadPortable } from './present';
import { array64, fill, matMul, size, type Array64 } from '../../../src/engines/gradients/reference';

const numbers = (count: number, name: string) => stream(1, name).fillNormal(new Float32Array(count));
const array = (shape: number[], name: string) => array64(shape, numbers(size(shape), name));

/** Apart by no more than rounding of sums of so many terms lets. */
function expectClose(values: ArrayLike<number>, expected: Array64, terms: number): void {
  const limit = 1e-6 * Math.sqrt(terms + 1) * 4;
  expected.data.forEach((x, i) => expect(Math.abs(values[i]! - x)).toBeLessThan(limit));
}

const variants = (await portableVariants()).filter((variant) => /fma|kernels/.test(variant));

describe.each(variants)('%s', (variant) => {
  let tf: TensorFlow;
  beforeAll(async () => {
    ({ tf } = await loadPortable(variant));
  });
  const tensor = ({ shape, data }: Array64): Tensor => tf.tensor(Float32Array.from(data), shape);

  test('multiplies matrices of any size, transposed or not', () => {
    const length = fc.nat(40);
    fc.assert(
      fc.property(length, length, length, fc.boolean(), fc.boolean(), (m, n, k, transposeA, transposeB) => {
        const a = array(transposeA ? [k, m] : [m, k], 'a');
        const b = array(transposeB ? [n, k] : [k, n], 'b');
        const product = tf.tidy(() => tf.matMul(tensor(a), tensor(b), transposeA, transposeB).dataSync());
        expect(product).toHaveLength(m * n);
        expectClose(product, matMul(a, b, transposeA, transposeB), k);
      }),
      { numRuns: 300 },
    );
  });

  const outer = fc.constantFrom<[number[], number[], number[]][]>(
    [
      [2, 1],
      [1, 3],
      [2, 3],
    ],
    [
      [1, 3],
      [2, 1],
      [2, 3],
    ],
    [[3], [2, 3], [2, 3]],
    [[], [2, 3], [2, 3]],
    [[2, 3], [], [2, 3]],
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    [[4], [1], [4]],
  );
  test('broadcasts over the dimensions before the last two', () => {
    fc.assert(
      fc.property(outer, fc.boolean(), fc.boolean(), ([outerA, outerB, out], transposeA, transposeB) => {
        const [m, n, k] = [5, 9, 6];
        const a = array([...outerA, ...(transposeA ? [k, m] : [m, k])], 'a');
        const b = array([...outerB, ...(transposeB ? [n, k] : [k, n])], 'b');
        const product = tf.tidy(() => tf.matMul(tensor(a), tensor(b), transposeA, transposeB));
        expect(product.shape).toEqual([...out, m, n]);
        const of = (x: Array64, shape: number[], index: number[]) => {
          const flat = shape.reduce(
            (at, length, axis) =>
              at * length + (length === 1 ? 0 : index[index.length - shape.length + axis]!),
            0,
          );
          const [rows, columns] = x.shape.slice(-2) as [number, number];
          return array64(
            [rows, columns],
            x.data.subarray(flat * rows * columns, (flat + 1) * rows * columns),
          );
        };
        const index =
          out.length === 2 ? [0, 1, 2, 3, 4, 5].map((i) => [Math.floor(i / 3), i % 3]) : [[0], [1], [2], [3]];
        const expected = index.flatMap((i) => [
          ...matMul(of(a, outerA, i), of(b, outerB, i), transposeA, transposeB).data,
        ]);
        expectClose(product.dataSync(), array64([...out, m, n], expected), k);
        product.dispose();
      }),
      { numRuns: 60 },
    );
  });

  test('convolves with dilation as with a filter that has holes', () => {
    const x = tensor(array([2, 9, 8, 5], 'x')) as Tensor4D;
    const w = array([3, 2, 5, 7], 'w');
    const holes = fill([5, 3, 5, 7], (fy, fx, c, f) =>
      fy % 2 === 0 && fx % 2 === 0 ? w.data[(((fy / 2) * 2 + fx / 2) * 5 + c) * 7 + f]! : 0,
    );
    for (const padding of ['same', 'valid'] as const) {
      const dilated = tf.conv2d(x, tensor(w) as Tensor4D, 1, padding, 'NHWC', 2).dataSync();
      const full = tf.conv2d(x, tensor(holes) as Tensor4D, 1, padding).dataSync();
      expectClose(dilated, array64([full.length], full), 30);
    }
  });

  test('a fused layer gives the bits of its parts', () => {
    const [x, w, b] = [array([13, 300], 'x'), array([300, 11], 'w'), array([11], 'b')].map(tensor);
    const fused = tf.fused.matMul({ a: x!, b: w!, bias: b!, activation: 'relu' });
    const parts = tf.relu(tf.add(tf.matMul(x!, w!), b!));
    expect(fused.dataSync()).toEqual(parts.dataSync());
    const images = tensor(array([2, 6, 5, 3], 'x')) as Tensor4D;
    const filter = tensor(array([3, 3, 3, 5], 'w')) as Tensor4D;
    const bias = tensor(array([5], 'b'));
    const convolution = { x: images, filter, strides: 1, pad: 'same' } as const;
    expect(tf.fused.conv2d({ ...convolution, bias, activation: 'relu6' }).dataSync()).toEqual(
      tf.relu6(tf.add(tf.conv2d(images, filter, 1, 'same'), bias)).dataSync(),
    );
    // Activations that a product does not apply itself.
    for (const activation of ['elu', 'sigmoid'] as const)
      expect(tf.fused.matMul({ a: x!, b: w!, bias: b!, activation }).dataSync()).toEqual(
        tf[activation](tf.add(tf.matMul(x!, w!), b!)).dataSync(),
      );
  });

  test('functions of one number, at every part of their range', () => {
    const x = Float32Array.from({ length: 40_001 }, (_, i) => (i - 20_000) / 200);
    const of = (f: 'exp' | 'tanh') => tf.tidy(() => tf[f](tf.tensor1d(x)).dataSync());
    const [exp, tanh] = [of('exp'), of('tanh')];
    x.forEach((value, i) => {
      // Below the smallest normal number it is 0.
      const e = Math.exp(value);
      if (e < 1.2e-38) expect(exp[i]).toBeLessThan(1.2e-38);
      else if (e > 3.4e38) expect(exp[i]).toBe(Infinity);
      else expect(Math.abs(exp[i]! / e - 1)).toBeLessThan(3e-7);
      expect(Math.abs(tanh[i]! - Math.tanh(value))).toBeLessThanOrEqual(4e-7 * Math.abs(Math.tanh(value)));
    });
    const none = tf.tensor1d([NaN, Infinity, -Infinity]);
    expect([...tf.exp(none).dataSync()]).toEqual([NaN, Infinity, 0]);
    expect([...tf.erf(none).dataSync()]).toEqual([NaN, 1, -1]);
    expect([...tf.tanh(none).dataSync()]).toEqual([NaN, 1, -1]);
    expect([...tf.relu(none).dataSync()]).toEqual([NaN, Infinity, 0]);
  });
});
