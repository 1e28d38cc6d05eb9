import { add, matMul, mul, reshape } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import { layers as tfLayers } from '@tensorflow/tfjs-layers';
import type { Activation, Layer } from '../config/layers';
import { layerName } from './build';

/** Mask of a dropout layer, [members, B, …]. */
export type StackedMasks = (layer: string, shape: readonly number[], rate: number) => Tensor;

/** Forward pass of stacked networks: weights by name and inputs, [members, B, …], to logits, [members, B, C]. */
export type StackedLogits = (
  weights: Readonly<Record<string, Tensor>>,
  inputs: Tensor,
  /** Null in inference mode. */
  masks: StackedMasks | null,
) => Tensor3D;

/** Shape of a stacked weight that broadcasts: a bias is added to every row of its member's batch. */
export const stackedShape = (members: number, shape: readonly number[]): number[] =>
  shape.length === 1 ? [members, 1, ...shape] : [members, ...shape];

/**
 * The forward pass of several networks from `buildNetwork` at once: the same operations with a leading axis.
 *
 * @param layers for which `canStack` is true
 */
export function stackedLogits(layers: readonly Layer[]): StackedLogits {
  const passes = layers.map((layer, index) => passOf(layer, layerName(layer, index)));
  return (weights, inputs, masks) =>
    passes.reduce<Tensor>((x, pass) => pass(x, weights, masks), inputs) as Tensor3D;
}

type Pass = (x: Tensor, weights: Readonly<Record<string, Tensor>>, masks: StackedMasks | null) => Tensor;

function passOf(layer: Layer, name: string): Pass {
  switch (layer.type) {
    case 'dense': {
      const activate = activationOf(layer.activation);
      return (x, weights) => {
        const product = matMul(x, weights[`${name}/kernel`]!);
        return activate(layer.useBias ? add(product, weights[`${name}/bias`]!) : product);
      };
    }
    case 'activation':
      return activationOf(layer.activation);
    case 'dropout':
      return (x, _, masks) =>
        masks === null || layer.rate === 0 ? x : mul(x, masks(name, x.shape, layer.rate));
    case 'flatten':
      return (x) => (x.rank === 3 ? x : reshape(x, [x.shape[0], x.shape[1]!, -1]));
    default:
      throw new Error(`Layers of type ${layer.type} cannot be stacked.`);
  }
}

/** The activation of a stock layer, so that it is the same as in a single network. */
function activationOf(activation: Activation): (x: Tensor) => Tensor {
  if (activation === 'linear') return (x) => x;
  const layer = tfLayers.activation({ activation });
  return (x) => layer.call(x, {}) as Tensor;
}
