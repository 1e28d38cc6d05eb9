import type { TensorFlow } from '../../../src/methods/method';
import type { Network } from '../../../src/models/network';
import type { StepData } from '../../../src/trainer/steps/data';
import { stepWith } from '../../../src/trainer/steps/gradients';
import type { Objective } from '../../../src/trainer/steps/objective';

/** The derivative of a step as plain numbers. */
export function gradientsAt(
  tf: TensorFlow,
  network: Network,
  objective: Objective,
  data: StepData,
  inputShape: readonly number[],
  step: number,
): { raw: Record<string, number>; gradients: Record<string, Float32Array> } {
  const gradients: Record<string, Float32Array> = {};
  const raw = stepWith(tf, network, objective, data, inputShape, step, (tensors) => {
    for (const [name, tensor] of Object.entries(tensors))
      gradients[name] = Float32Array.from(tensor.dataSync<'float32'>());
  });
  return { raw, gradients };
}
