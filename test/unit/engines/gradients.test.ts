import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { cases } from '../../../src/engines/gradients/cases';
import { deviationOf, TOLERANCE } from '../../../src/engines/gradients/check';
import type { TensorFlow } from '../../../src/methods/method';
import { presentVariants } from './present';

describe.each(await presentVariants())('$title agrees with float64', ({ load }) => {
  let tf: TensorFlow;
  beforeAll(async () => {
    ({ tf } = await load());
  });

  test.each(Object.entries(cases))('%s', async (_, one) => {
    const { shape, value, gradients } = await deviationOf(tf, one);
    expect(shape).toEqual(one.reference(...one.inputs).shape);
    expect(value).toBeLessThan(TOLERANCE);
    gradients.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(one.inputs[i]!.shape);
      expect(gradient.error).toBeLessThan(TOLERANCE);
    });
  });

  test('the gradient of max pooling goes to the first of equals', async () => {
    const x = tf.tensor4d([2, 2, 2, 2], [1, 2, 2, 1]);
    const gradient = tf.grad((a) => tf.maxPool(a as Tensor4D, 2, 2, 'valid'))(x);
    expect([...(await gradient.data())]).toEqual([1, 0, 0, 0]);
  });
});
