import type { Scalar, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import type { Network } from '../../models/network';
import { termsOf, weightedSum, type BatchTensors, type Moment, type Objective } from './objective';

/** Tensors; the caller disposes of them. */
export interface Derivative {
  /** Mean over the batch of each term, before weighting. */
  terms: Record<string, Scalar>;
  /** By name of the weight. */
  gradients: Record<string, Tensor2D>;
}

/**
 * Gradient of Σ weight(term) · mean(loss(term)) over the trainable weights: one forward and one backward pass.
 *
 * @param logits of the student in training mode
 * @param weights of the terms; a term without a weight is computed but not differentiated
 */
export function differentiate(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  batch: BatchTensors,
  logits: () => Tensor2D,
  moment: Moment,
  weights: Readonly<Record<string, number>> = objective.weights,
): Derivative {
  let terms: Derivative['terms'] = {};
  const { trainable } = network;
  const { value, grads } = tf.variableGrads(
    () => {
      terms = termsOf(tf, objective, batch, logits(), moment);
      for (const term of Object.values(terms)) tf.keep(term);
      return weightedSum(tf, terms, weights);
    },
    trainable.map(({ variable }) => variable),
  );
  // A single term with weight 1 is the value itself.
  if (!Object.values(terms).includes(value)) value.dispose();
  const gradientOf = (variable: Variable) => grads[variable.name] as Tensor2D;
  return {
    terms,
    gradients: Object.fromEntries(trainable.map(({ name, variable }) => [name, gradientOf(variable)])),
  };
}
