import type { Scalar } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../methods/method';
import type { Network } from '../../models/network';
import { toTensors, type StepData } from './data';
import { differentiate, type Derivative } from './differentiate';
import type { Objective } from './objective';

/**
 * The derivative at a batch of plain numbers; the caller disposes of its tensors.
 *
 * @param step 0-based
 */
export function derivativeAt(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
): Derivative {
  return tf.tidy(() => {
    const batch = toTensors(tf, data, inputShape);
    const logits = () => network.train(batch.inputs, step);
    const moment = { step, totalSteps: objective.totalSteps };
    return { ...differentiate(tf, network, objective, batch, logits, moment) };
  });
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
