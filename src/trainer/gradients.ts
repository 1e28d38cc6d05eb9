import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { STUDENT_TERM } from '../methods/method';
import type { Method, TensorFlow } from '../methods/method';
import type { Network } from '../models/network';
import type { BatchData } from './batches';

/** What the loss of a step is made of. */
export interface Objective {
  method: Method;
  parameters: Record<string, unknown>;
  weights: Readonly<Record<string, number>>;
  totalSteps: number;
}

export interface StepData extends BatchData {
  /** [B, C]; null where the method asks for no teacher. */
  teacherLogits: Float32Array | null;
}

export interface Gradients {
  /** Mean over the batch of each term, before weighting. */
  raw: Record<string, number>;
  /** By name of the weight. */
  gradients: Record<string, Float32Array>;
}

/**
 * Gradient of Σ weight(term) · mean(loss(term)) over the trainable weights, by one pass forward and one back.
 *
 * @param weights of the terms; a term that is not among them is computed but moves nothing
 * @param step 0-based
 */
export function gradientsAt(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
  weights: Readonly<Record<string, number>> = objective.weights,
): Gradients {
  const raw: Record<string, number> = {};
  const gradients: Record<string, Float32Array> = {};
  const { trainable } = network;
  // Numbers leave by assignment: tidy would look for tensors in every number of what it is given back.
  tf.tidy(() => {
    const batch = toTensors(tf, data, inputShape);
    const loss = () => {
      const terms = objective.method.losses(
        tf,
        {
          studentLogits: network.train(batch.inputs, step),
          teacherLogits: batch.teacherLogits,
          labels: batch.labels,
          step,
          totalSteps: objective.totalSteps,
        },
        objective.parameters,
      );
      const weighted: Tensor[] = [];
      for (const [term, losses] of Object.entries(terms)) {
        const mean = tf.mean(
          term === STUDENT_TERM && batch.labelled ? tf.mul(losses, batch.labelled) : losses,
        );
        raw[term] = mean.dataSync<'float32'>()[0]!;
        const weight = weights[term] ?? 0;
        if (weight !== 0) weighted.push(weight === 1 ? mean : tf.mul(mean, weight));
      }
      return weighted.reduce((sum, term) => tf.add(sum, term)) as Scalar;
    };
    const { grads } = tf.variableGrads(
      loss,
      trainable.map(({ variable }) => variable),
    );
    for (const { name, variable } of trainable)
      gradients[name] = Float32Array.from(grads[variable.name]!.dataSync<'float32'>());
  });
  return { raw, gradients };
}

function toTensors(tf: TensorFlow, data: StepData, inputShape: readonly number[]) {
  const count = data.positions.length;
  const matrix = (values: Float32Array) => tf.tensor2d(values, [count, values.length / count]);
  return {
    inputs: tf.tensor(data.inputs, [count, ...inputShape]),
    labels: matrix(data.labels),
    labelled: data.labelled && tf.tensor1d(data.labelled),
    teacherLogits: data.teacherLogits && matrix(data.teacherLogits),
  };
}
