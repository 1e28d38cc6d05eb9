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
export async function gradientsAt(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
): Promise<Gradients> {
  const { terms, gradients } = tf.tidy(() => {
    const batch = toTensors(tf, data, inputShape);
    const logits = () => network.train(batch.inputs, step);
    const moment = { step, totalSteps: objective.totalSteps };
    return { ...differentiate(tf, network, objective, batch, logits, moment) };
  });
  const numbers: Record<string, Float32Array> = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    numbers[name] = Float32Array.from(await gradient.data<'float32'>());
    gradient.dispose();
  }
  return { raw: await numbersOf(terms), gradients: numbers };
}

/** Reads scalars and disposes of them. */
export async function numbersOf(scalars: Readonly<Record<string, Scalar>>): Promise<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const [name, scalar] of Object.entries(scalars)) {
    numbers[name] = (await scalar.data<'float32'>())[0]!;
    scalar.dispose();
  }
  return numbers;
}
