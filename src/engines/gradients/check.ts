import type { Tensor } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import { draw, type Case } from './case';

/** Largest deviation of an engine's values and gradients from float64, relative to their norm. */
export const TOLERANCE = 1e-5;

/** Deviations of one operation on an engine from float64. */
export interface Deviation {
  shape: readonly number[];
  value: number;
  /** By input. */
  gradients: { shape: readonly number[]; error: number }[];
}

/** Compares an operation and its gradients on an engine with float64 and its finite differences. */
export async function deviationOf(tf: TensorFlow, one: Case): Promise<Deviation> {
  const expected = one.reference(...one.inputs);
  const weights = draw(expected.shape).data;
  const tensors = one.inputs.map(({ shape, data }) => tf.tensor(Float32Array.from(data), shape));
  const y = tf.tidy(() => one.engine(tf, ...tensors));
  const loss = (...x: Tensor[]) =>
    tf.sum(tf.mul(one.engine(tf, ...x), tf.tensor(Float32Array.from(weights), expected.shape)));
  const gradients = one.gradient === false ? [] : tf.grads(loss)(tensors);
  const wanted = gradientsByDifferences(one, weights);
  const value = relative(await y.data(), expected.data);
  const errors: Deviation['gradients'] = [];
  for (const [i, gradient] of gradients.entries())
    errors.push({ shape: gradient.shape, error: relative(await gradient.data(), wanted[i]!) });
  tf.dispose([y, gradients, tensors]);
  return { shape: y.shape, value, gradients: errors };
}

/** Names of the operations that an engine computes wrongly, or has no gradient of. */
export async function wrongOperations(
  tf: TensorFlow,
  cases: Readonly<Record<string, Case>>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, one] of Object.entries(cases)) {
    const deviation = await deviationOf(tf, one).catch(() => null);
    const errors = deviation ? [deviation.value, ...deviation.gradients.map(({ error }) => error)] : [NaN];
    // Not >: NaN counts as too large.
    if (!errors.every((error) => error < TOLERANCE)) wrong.push(name);
  }
  return wrong;
}

/** Central differences of Σ weights · f(inputs) in float64, accurate to about 1e-9. */
function gradientsByDifferences({ inputs, reference }: Case, weights: Float64Array): Float64Array[] {
  const h = 1e-5;
  const value = () => reference(...inputs).data.reduce((sum, y, i) => sum + y * weights[i]!, 0);
  return inputs.map(({ data }) =>
    data.map((x, i) => {
      data[i] = x + h;
      const above = value();
      data[i] = x - h;
      const below = value();
      data[i] = x;
      return (above - below) / (2 * h);
    }),
  );
}

/** ‖a − b‖ / ‖b‖, or ‖a − b‖ where b nearly vanishes. */
function relative(a: ArrayLike<number>, b: Float64Array): number {
  const difference = Math.sqrt(b.reduce((sum, y, i) => sum + (a[i]! - y) ** 2, 0));
  const norm = Math.sqrt(b.reduce((sum, y) => sum + y * y, 0));
  return difference / Math.max(norm, 1e-3);
}
