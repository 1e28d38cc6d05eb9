import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Method, TensorFlow } from '../../methods/method';
import { own } from '../../own';

/** The loss of a step: method, parameters, weights. */
export interface Objective {
  method: Method;
  parameters: Record<string, unknown>;
  weights: Readonly<Record<string, number>>;
  totalSteps: number;
}

/** A batch as tensors. */
export interface BatchTensors {
  inputs: Tensor;
  /** One-hot, [B, C]. */
  labels: Tensor2D;
  /** 1 where the example has a label, [B]; null if all have one. */
  labelled: Tensor1D | null;
  /** [B, C]; null if the method needs no teacher. */
  teacherLogits: Tensor2D | null;
}

/** Position in the training; 0-based. */
export interface Moment {
  readonly step: number;
  readonly totalSteps: number;
}

/** Mean of each term over the batch, before weighting. */
export function termsOf(
  tf: TensorFlow,
  { method, parameters }: Pick<Objective, 'method' | 'parameters'>,
  { labels, labelled, teacherLogits }: BatchTensors,
  studentLogits: Tensor2D,
  moment: Moment,
): Record<string, Scalar> {
  const described = method.terms(parameters);
  const losses = method.losses(
    tf,
    {
      studentLogits,
      teacherLogits,
      labels,
      // Getters: in a graph reading them throws.
      get step() {
        return moment.step;
      },
      get totalSteps() {
        return moment.totalSteps;
      },
    },
    parameters,
  );
  return Object.fromEntries(
    Object.entries(losses).map(([term, each]) => [
      term,
      tf.mean<Scalar>(labelled && own(described, term)!.source === 'labels' ? tf.mul(each, labelled) : each),
    ]),
  );
}

/** Σ weight · term; terms without a weight are left out. */
export function weightedSum(
  tf: TensorFlow,
  terms: Readonly<Record<string, Tensor>>,
  weights: Readonly<Record<string, number>>,
): Scalar {
  const weighted = Object.entries(terms).flatMap(([term, mean]) => {
    const weight = weights[term] ?? 0;
    return weight === 0 ? [] : [weight === 1 ? mean : tf.mul(mean, weight)];
  });
  return weighted.reduce((sum, term) => tf.add(sum, term)) as Scalar;
}
