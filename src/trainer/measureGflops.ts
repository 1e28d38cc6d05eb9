import * as tf from '@tensorflow/tfjs-core';
import { median } from '../sampleStatistics';

const SIDE = 512;
const SECONDS = 2;

/**
 * How fast the current engine multiplies two matrices of 512 × 512 in float32, which is most of what a training does: in
 * 10⁹ operations a second, the median over two seconds.
 */
export async function measureGflops(seconds = SECONDS): Promise<number> {
  const [a, b] = [tf.randomNormal<tf.Rank.R2>([SIDE, SIDE]), tf.randomNormal<tf.Rank.R2>([SIDE, SIDE])];
  const times: number[] = [];
  await multiply(a, b);
  for (const end = performance.now() + seconds * 1000; performance.now() < end;)
    times.push(await multiply(a, b));
  tf.dispose([a, b]);
  return (2 * SIDE ** 3) / (median(times)! * 1e6);
}

/** Milliseconds; the result is read, since an engine may answer before it has computed. */
async function multiply(a: tf.Tensor2D, b: tf.Tensor2D): Promise<number> {
  const begun = performance.now();
  const product = tf.matMul(a, b);
  await product.data();
  product.dispose();
  return performance.now() - begun;
}
