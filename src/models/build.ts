import { tensor } from '@tensorflow/tfjs-core';
import { input, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { UserError } from '../config/errors';
import type { Layer } from '../config/layers';
import { describeNetwork } from '../config/shapes';
import { addLayer } from './layers';
import { Network, type Weight, type WeightValues } from './network';
import { stream } from '../data/random';

/**
 * Builds a network and initialises its weights (Glorot uniform kernels, zero biases) from `seed` and the layers' names
 * alone.
 *
 * @param inputShape of one example
 * @throws UserError if the layers do not fit each other, the inputs or the classes
 */
export function buildNetwork(
  layers: readonly Layer[],
  inputShape: readonly number[],
  classes: number,
  seed: number,
): Network {
  checkOutput(describeNetwork(layers, inputShape).outputShape, classes);
  const inputs = input({ shape: [...inputShape], name: 'input' });
  const outputs = layers.reduce<SymbolicTensor>(
    (x, layer, index) => addLayer(x, layer, layerName(layer, index)),
    inputs,
  );
  const network = new Network(model({ inputs, outputs }), seed);
  network.writeSome(initialKernels(network.weights, seed), tensor);
  return network;
}

/** The layer's name, or its type and its 1-based position in the list. */
export const layerName = (layer: Layer, index: number): string => layer.name ?? `${layer.type}_${index + 1}`;

/** @throws UserError unless the network's output is one logit per class */
export function checkOutput(shape: readonly (number | null)[], classes: number): void {
  if (shape.length !== 1 || shape[0] !== classes)
    throw new UserError(
      `The output of the network has the shape [${shape.join(', ')}], but the data have ${classes} classes. Use a dense layer with ${classes} units as the last layer.`,
    );
}

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
