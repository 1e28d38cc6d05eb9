import type { MakeUpdater } from '../../engines/updater';
import type { TensorFlow } from '../../methods/method';
import { assign } from '../../models/network';
import { Optimizer } from '../../models/optimizers';

/** Optimizers in plain arithmetic, for engines without their own. */
export const plainUpdater =
  (tf: TensorFlow): MakeUpdater =>
  (config, weights, state) => {
    const optimizer = new Optimizer(config, { ...state });
    return {
      async apply(gradients, learningRate, step) {
        for (const { name, variable } of weights) {
          const values = Float32Array.from(await variable.data<'float32'>());
          const gradient = await gradients[name]!.data<'float32'>();
          optimizer.update(name, values, gradient, learningRate, step);
          // A new tensor: XNNPACK caches a packed copy of the old one.
          assign(variable, tf.tensor(values, variable.shape));
        }
      },
      read: () => Promise.resolve(optimizer.state),
      dispose: () => undefined,
    };
  };
