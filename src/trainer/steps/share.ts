import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { DISTILLATION_TERM, STUDENT_TERM, type TensorFlow } from '../../methods/method';
import type { Network } from '../../models/network';
import { differentiate } from './differentiate';
import type { BatchTensors, Moment, Objective } from './objective';

export interface GradientShare {
  /** L2 norm over all weights of the gradient of each weighted term. */
  norms: Record<string, number>;
  /** Between the distillation and the student gradient; absent if one of them is 0 or missing. */
  cosine?: number;
}

/** Names of the scalars that `toShare` reads. */
export const SQUARE = 'square/';
export const PRODUCT = 'product';

/**
 * The gradient of each term as scalars for `toShare`: squared norms, and the dot product of the two gradients. No side
 * effects: moving statistics are restored.
 */
export function shareScalars(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  batch: BatchTensors,
  logits: () => Tensor2D,
  moment: Moment,
): Record<string, Scalar> {
  const statistics = network.weights.filter((weight) => !weight.trainable);
  const before = statistics.map(({ variable }) => variable.clone());
  const gradients = new Map<string, Tensor[]>();
  for (const [term, weight] of Object.entries(objective.weights)) {
    if (weight === 0) continue;
    const derivative = differentiate(tf, network, objective, batch, logits, moment, { [term]: weight });
    tf.dispose(derivative.terms);
    gradients.set(term, Object.values(derivative.gradients));
  }
  statistics.forEach(({ variable }, i) => {
    variable.assign(before[i]!);
    before[i]!.dispose();
  });
  const scalars: Record<string, Scalar> = {};
  for (const [term, parts] of gradients) scalars[SQUARE + term] = dot(tf, parts, parts);
  const [soft, hard] = [gradients.get(DISTILLATION_TERM), gradients.get(STUDENT_TERM)];
  if (soft && hard) scalars[PRODUCT] = dot(tf, soft, hard);
  return scalars;
}

export function toShare(
  scalars: Readonly<Record<string, number>>,
  weights: Objective['weights'],
): GradientShare {
  const norms = Object.fromEntries(
    Object.keys(weights).map((term) => [term, Math.sqrt(scalars[SQUARE + term] ?? 0)]),
  );
  const length = (norms[DISTILLATION_TERM] ?? 0) * (norms[STUDENT_TERM] ?? 0);
  const product = scalars[PRODUCT];
  return product !== undefined && length > 0 ? { norms, cosine: product / length } : { norms };
}

const dot = (tf: TensorFlow, a: readonly Tensor[], b: readonly Tensor[]): Scalar =>
  tf.addN<Scalar>(a.map((part, i) => tf.sum<Scalar>(tf.mul(part, b[i]!))));
