import type { TensorFlow } from '../../../src/methods/method';
import type { Network } from '../../../src/models/network';
import type { StepData } from '../../../src/trainer/steps/data';
import { derivativeAt, numbersOf } from '../../../src/trainer/steps/gradients';
import type { Objective } from '../../../src/trainer/steps/objective';

/** The derivative of a step as plain numbers. */
export async function gradientsAt(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
): Promise<{ raw: Record<string, number>; gradients: Record<string, Float32Array> }> {
  const { terms, gradients } = derivativeAt(tf, network, objective, data, inputShape, step);
  const numbers: Record<string, Float32Array> = {};
  for (const [name, gradient] of Object.entries(gradients))
    numbers[name] = Float32Array.from(await gradient.data<'float32'>());
  tf.dispose(gradients);
  return { raw: await numbersOf(terms), gradients: numbers };
}
