import { stream } from '../data/random';
import type { Weight, WeightValues } from './network';

/**
 * Initial values of a network's weights. Kernels: uniform within ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010, eq. 16),
 * each from its own random stream, so that a weight's values depend on seed and name alone. All others keep the layer's
 * defaults: biases 0, scales 1.
 */
export function initialKernels(
  weights: readonly Pick<Weight, 'name' | 'shape'>[],
  seed: number,
): WeightValues {
  return Object.fromEntries(
    weights.flatMap(({ name, shape }) => {
      const [, layer, weight] = /^(.*)\/([^/]*)$/.exec(name) ?? [name, '', name];
      if (!weight.endsWith('kernel')) return [];
      const { fanIn, fanOut } = fans(shape);
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      return [[name, stream(seed, 'init', layer, weight).fillUniform(values, -limit, limit)] as const];
    }),
  );
}

/** Fan in and fan out of a kernel [...window, in, out]. */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const window = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { fanIn: window * shape.at(-2)!, fanOut: window * shape.at(-1)! };
}
