import type { Scalar } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import type { Network } from '../../models/network';
import { toTensors, type StepData } from './data';
import { differentiate } from './differentiate';
import type { Objective } from './objective';

export interface Gradients {
  /** Mean over the batch of each term, before weighting. */
  raw: Record<string, number>;
  /** By name of the weight. */
  gradients: Record<string, Float32Array>;
}

/**
 * The derivative of a step as plain numbers.
 *
 * @param step 0-based
 */
export function gradientsAt(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
): Gradients {
  const raw: Record<string, number> = {};
  const gradients: Record<string, Float32Array> = {};
  // Numbers leave by assignment: tidy would look for tensors in every number of what it is given back.
  tf.tidy(() => {
    const batch = toTensors(tf, data, inputShape);
    const logits = () => network.train(batch.inputs, step);
    const moment = { step, totalSteps: objective.totalSteps };
    const derivative = differentiate(tf, network, objective, batch, logits, moment);
    Object.assign(raw, numbersOf(derivative.terms));
    for (const [name, gradient] of Object.entries(derivative.gradients))
      gradients[name] = Float32Array.from(gradient.dataSync<'float32'>());
  });
  return { raw, gradients };
}

/** Reads scalars and disposes of them. */
export function numbersOf(scalars: Readonly<Record<string, Scalar>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scalars).map(([name, scalar]) => {
      const value = scalar.dataSync<'float32'>()[0]!;
      scalar.dispose();
      return [name, value];
    }),
  );
}
