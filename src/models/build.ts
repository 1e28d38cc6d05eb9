import { tensor } from '@tensorflow/tfjs-core';
import { input, model } from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { UserError } from '../config/errors';
import type { Layer } from '../config/layers';
import { describeNetwork } from '../config/shapes';
import { addLayer } from './layers';
import { initialKernels } from './initialise';
import { Network } from './network';

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
