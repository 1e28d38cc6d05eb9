import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorFlow, TermSource } from '../../methods/method';
import type { Network } from '../../models/network';
import { differentiate } from './differentiate';
import type { BatchTensors, Moment, Objective } from './objective';
import { own } from '../../own';

export interface GradientShare {
  /** L2 norm over all weights of the gradient of each weighted term. */
  norms: Record<string, number>;
  /** Between the gradient of all terms of the teacher and that of all terms of the labels; absent if one is 0 or missing. */
  cosine?: number;
}

/** Names of the scalars that `toShare` reads. */
const SQUARE = 'square/';
const SOURCE = 'source/';
const PRODUCT = 'product';

/** A gradient of each weighted term. */
export type TermGradients = ReadonlyMap<string, readonly Tensor[]>;

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
  return shareOf(tf, gradients, objective, (a, b) =>
    tf.addN<Scalar>(a.map((part, i) => tf.sum<Scalar>(tf.mul(part, b[i]!)))),
  );
}

/** @param dot of two gradients over all weights */
export function shareOf<Product>(
  tf: TensorFlow,
  gradients: TermGradients,
  { method, parameters }: Pick<Objective, 'method' | 'parameters'>,
  dot: (a: readonly Tensor[], b: readonly Tensor[]) => Product,
): Record<string, Product> {
  const products: Record<string, Product> = {};
  for (const [term, parts] of gradients) products[SQUARE + term] = dot(parts, parts);
  const terms = method.terms(parameters);
  const sumOf = (source: TermSource) => {
    const parts = [...gradients].flatMap(([term, of]) => (own(terms, term)!.source === source ? [of] : []));
    return parts.length > 1 ? parts[0]!.map((_, i) => tf.addN(parts.map((of) => of[i]!))) : parts[0];
  };
  const [taught, labelled] = [sumOf('teacher'), sumOf('labels')];
  if (taught && labelled) {
    products[`${SOURCE}teacher`] = dot(taught, taught);
    products[`${SOURCE}labels`] = dot(labelled, labelled);
    products[PRODUCT] = dot(taught, labelled);
  }
  return products;
}

export function toShare(
  scalars: Readonly<Record<string, number>>,
  weights: Objective['weights'],
): GradientShare {
  const norms = Object.fromEntries(
    Object.keys(weights).map((term) => [term, Math.sqrt(scalars[SQUARE + term] ?? 0)]),
  );
  const length = Math.sqrt((scalars[`${SOURCE}teacher`] ?? 0) * (scalars[`${SOURCE}labels`] ?? 0));
  const product = scalars[PRODUCT];
  return product !== undefined && length > 0 ? { norms, cosine: product / length } : { norms };
}
