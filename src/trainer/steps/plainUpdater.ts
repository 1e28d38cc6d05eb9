import type { TensorFlow } from '../../methods/method';
import { assign } from '../../models/network';
import type { Network } from '../../models/network';
import type { Optimizer } from '../../models/optimizers';

/**
 * Moves every trainable weight along its gradient.
 *
 * @param gradients by name of the weight
 * @param step 1-based number of this update
 */
export function update(
  tf: TensorFlow,
  network: Network,
  optimizer: Optimizer,
  gradients: Readonly<Record<string, Float32Array>>,
  learningRate: number,
  step: number,
): void {
  for (const { name, shape, variable } of network.trainable) {
    const weights = Float32Array.from(variable.dataSync<'float32'>());
    optimizer.update(name, weights, gradients[name]!, learningRate, step);
    // A new tensor: XNNPACK keeps a packed copy of the old one's matrix.
    assign(variable, tf.tensor(weights, shape));
  }
}
