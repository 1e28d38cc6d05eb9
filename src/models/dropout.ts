import { mul, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { stream } from '../data/random';
import { flatLayers } from './trainable';

/** Returns the mask of a dropout layer, with the shape of its input. */
export type MaskSource = (layer: string, shape: readonly number[], rate: number) => Tensor;

/**
 * Makes every dropout layer of a model get its mask from a source. Only `call` of these instances is replaced, so a saved
 * model has stock Dropout layers.
 *
 * @returns a function that sets the source
 */
export function maskDropout(model: LayersModel): (source: MaskSource) => void {
  let source: MaskSource | null = null;
  for (const layer of flatLayers(model.layers)) {
    if (layer.getClassName() !== 'Dropout') continue;
    const { rate } = layer.getConfig() as { rate: number };
    layer.call = (inputs, kwargs) => {
      const x = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
      if (kwargs['training'] !== true || rate === 0) return x;
      if (source === null)
        throw new Error(`There is no source of masks for the dropout layer "${layer.name}".`);
      const { name } = layer;
      const masks = source;
      return tidy(() => mul(x, masks(name, x.shape, rate)));
    };
  }
  return (next) => {
    source = next;
  };
}

/**
 * Inverted dropout: 0 with probability `rate`, else 1 / (1 − rate), so that the mean is preserved. Pure.
 */
export function maskValues(
  seed: number,
  step: number,
  layer: string,
  shape: readonly number[],
  rate: number,
): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const kept = 1 / (1 - rate);
  stream(seed, 'dropout', layer, step).fillUniform(values);
  for (let i = 0; i < values.length; i++) values[i] = values[i]! < rate ? 0 : kept;
  return values;
}
