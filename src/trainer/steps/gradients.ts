import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import type { Network } from '../../models/network';
import { toTensors, type StepData } from './data';
import { differentiate } from './differentiate';
import type { Objective } from './objective';

/**
 * Differentiates at a batch and hands on the gradients, by name of the weight; they are gone afterwards.
 *
 * @param step 0-based
 * @returns the mean over the batch of each term, before weighting
 */
export function stepWith(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
  use: (gradients: Readonly<Record<string, Tensor>>) => void,
): Record<string, number> {
  const raw: Record<string, number> = {};
  // Numbers leave by assignment: tidy would look for tensors in every number of what it is given back.
  tf.tidy(() => {
    const batch = toTensors(tf, data, inputShape);
    const logits = () => network.train(batch.inputs, step);
    const moment = { step, totalSteps: objective.totalSteps };
    const { terms, gradients } = differentiate(tf, network, objective, batch, logits, moment);
    Object.assign(raw, numbersOf(terms));
    use(gradients);
  });
  return raw;
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
