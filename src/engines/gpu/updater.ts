import { add, div, keep, mul, sqrt, sub, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../../config/training';
import type { MakeUpdater } from '../updater';

/** The rules of src/models/optimizers.ts as tensor operations: weights and optimizer state stay on the device. */
export const tensorUpdater: MakeUpdater = (config, weights, state) => {
  const slots = slotsOf(config);
  const memories = weights.map(({ name, variable }) => ({
    name,
    variable,
    tensors: slots.map((slot) => {
      const values = state[`${name}/${slot}`];
      return keep(values ? tensor(values, variable.shape) : zeros(variable.shape));
    }),
  }));
  return {
    apply(gradients, learningRate, step) {
      for (const memory of memories) {
        const { variable, tensors } = memory;
        const [moved, ...next] = tidy(() =>
          move(config, variable, tensors, gradients[memory.name]!, learningRate, step),
        );
        variable.assign(moved!);
        moved!.dispose();
        for (const old of tensors) old.dispose();
        memory.tensors = next.map((one) => keep(one));
      }
      return Promise.resolve();
    },
    async read() {
      const entries = memories.flatMap(({ name, tensors }) =>
        tensors.map(
          async (one, i) => [`${name}/${slots[i]!}`, Float32Array.from(await one.data<'float32'>())] as const,
        ),
      );
      return Object.fromEntries(await Promise.all(entries));
    },
    dispose() {
      for (const { tensors } of memories.splice(0)) for (const one of tensors) one.dispose();
    },
  };
};

function slotsOf(config: Optimizer): string[] {
  if (config.type === 'sgd') return config.momentum === 0 ? [] : ['velocity'];
  return ['mean', 'variance'];
}

/** The weight's next value, then each slot's. */
function move(
  config: Optimizer,
  weight: Variable,
  slots: readonly Tensor[],
  gradient: Tensor,
  learningRate: number,
  step: number,
): Tensor[] {
  const { weightDecay } = config;
  const decayed = weightDecay === 0 ? gradient : add(gradient, mul(weight, weightDecay));
  if (config.type === 'sgd') {
    const [velocity] = slots;
    if (!velocity) return [sub(weight, mul(decayed, learningRate))];
    const next = add(mul(velocity, config.momentum), decayed);
    const direction = config.nesterov ? add(decayed, mul(next, config.momentum)) : next;
    return [sub(weight, mul(direction, learningRate)), next];
  }
  const { beta1, beta2, epsilon, type } = config;
  const g = type === 'adam' ? decayed : gradient;
  const mean = add(mul(slots[0]!, beta1), mul(g, 1 - beta1));
  const variance = add(mul(slots[1]!, beta2), mul(mul(g, g), 1 - beta2));
  const root = add(sqrt(mul(variance, 1 / (1 - beta2 ** step))), epsilon);
  const kept = type === 'adamw' ? mul(weight, 1 - learningRate * weightDecay) : weight;
  return [sub(kept, div(mul(mean, learningRate / (1 - beta1 ** step)), root)), mean, variance];
}
