import { mul, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { stream } from '../data/random';
import { flatLayers } from './trainable';

/** Mask of a dropout layer, in the shape of its input. */
export type MaskSource = (layer: string, shape: readonly number[], rate: number) => Tensor;

/**
 * Makes every dropout layer of a model take its mask from a source. A saved model keeps stock Dropout layers, since only
 * the `call` of these instances is replaced.
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
      if (source === null) throw new Error(`Nothing gives the dropout layer "${layer.name}" its mask.`);
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
