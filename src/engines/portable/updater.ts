import { tensor } from '@tensorflow/tfjs-core';
import type { Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../../config/training';
import type { MakeStackedUpdater, MakeUpdater } from '../updater';
import type { Address, Module } from './module';

/** Updates weights in place on the heap, in one pass; agrees with src/models/optimizers.ts within rounding. */
export const updaterOf =
  (module: Module): MakeUpdater =>
  (config, weights, state) => {
    const stack = stackedUpdaterOf(module)([config], weights, [state]);
    return {
      apply(gradients, learningRate, step) {
        stack.apply(gradients, [{ member: 0, learningRate, step }]);
        return Promise.resolve();
      },
      read: () => Promise.resolve(stack.read(0)),
      dispose: () => stack.dispose(),
    };
  };

/** The same for stacked weights: a member is updated by the arithmetic that updates it alone. */
export const stackedUpdaterOf =
  (module: Module): MakeStackedUpdater =>
  (configs, weights, states) => {
    const slots = slotsOf(configs[0]!);
    const places = weights.map(({ name, variable }) => {
      const size = variable.size / configs.length;
      const addresses = slots.map((slot) =>
        allocate(
          module,
          size,
          states.map((state) => state[`${name}/${slot}`]),
        ),
      );
      return { name, variable, size, addresses };
    });
    return {
      apply(gradients, moves) {
        const rules = moves.map(({ member, learningRate, step }) =>
          rule(module, configs[member]!, learningRate, step),
        );
        for (const { name, variable, size, addresses } of places) {
          takeAlone(module, variable);
          const [weight, gradient] = [module.at(variable), module.at(gradients[name]!)];
          moves.forEach(({ member }, i) => {
            const offset = 4 * size * member;
            const own = addresses.map((address) => address + offset);
            rules[i]!(size, weight + offset, gradient + 4 * size * i, own);
          });
          forgetPacked(module, variable);
        }
      },
      read: (member) =>
        Object.fromEntries(
          places.flatMap(({ name, size, addresses }) =>
            addresses.map((address, i) => [
              `${name}/${slots[i]!}`,
              Float32Array.from(module.floats(address + 4 * size * member, size)),
            ]),
          ),
        ),
      dispose() {
        for (const { addresses } of places.splice(0)) for (const address of addresses) module.free(address);
      },
    };
  };

/** Optimizer state of each weight. */
function slotsOf(config: Optimizer): string[] {
  if (config.type === 'sgd') return config.momentum === 0 ? [] : ['velocity'];
  return ['mean', 'variance'];
}

/** Memory for the state of a weight, one member after another. */
function allocate(module: Module, size: number, values: readonly (Float32Array | undefined)[]): Address {
  const address = module.allocate(4 * size * values.length);
  values.forEach((value, member) => {
    const to = module.floats(address + 4 * size * member, size);
    if (value) to.set(value);
    else to.fill(0);
  });
  return address;
}

type Rule = (count: number, weights: Address, gradient: Address, slots: readonly Address[]) => void;

/** The same factors as in src/models/optimizers.ts, computed once per step in float64. */
function rule({ run }: Module, config: Optimizer, learningRate: number, step: number): Rule {
  if (config.type === 'sgd') {
    const { momentum, nesterov, weightDecay } = config;
    return (count, weights, gradient, [velocity]) =>
      run.sgd(count, weights, gradient, velocity ?? 0, learningRate, momentum, Number(nesterov), weightDecay);
  }
  const { type, beta1, beta2, epsilon, weightDecay } = config;
  const rate = learningRate / (1 - beta1 ** step);
  const unbias = 1 / (1 - beta2 ** step);
  const penalty = type === 'adam' ? weightDecay : 0;
  const kept = type === 'adamw' ? 1 - learningRate * weightDecay : 1;
  const betas = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
  return (count, weights, gradient, [mean, variance]) =>
    run.adam(count, weights, gradient, mean!, variance!, ...betas, rate, unbias, epsilon, penalty, kept);
}

/** A weight that shares data with another tensor gets a copy, so that the other keeps its value. */
function takeAlone({ backend }: Module, variable: Variable): void {
  if (backend.refCount(variable.dataId) === 1) return;
  const own = tensor(backend.readSync(variable.dataId) as Float32Array, variable.shape);
  variable.assign(own);
  own.dispose();
}

/** XNNPACK caches packed copies of operands by tensor id: a new id invalidates the copy. */
function forgetPacked({ backend }: Module, variable: Variable): void {
  const { id, memoryOffset } = backend.dataIdMap.get(variable.dataId);
  backend.wasm.tfjs.disposeData(id);
  backend.wasm.tfjs.registerTensor(id, variable.size, memoryOffset);
}
