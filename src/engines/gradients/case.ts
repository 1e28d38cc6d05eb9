import type { Tensor } from '@tensorflow/tfjs-core';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { TensorFlow } from '../../methods/method';
import { array64, size, type Array64 } from './reference';

/** An operation on an engine, and the same in float64. */
export interface Case {
  inputs: Array64[];
  engine: (tf: TensorFlow, ...x: Tensor[]) => Tensor;
  reference: (...x: Array64[]) => Array64;
  /** False for operations used only in inference. */
  gradient?: boolean;
}

export type Cases = Record<string, Case>;

let drawn = 0;
/** Numbers in float32 on [low, high), never within 0.02 of a kink at 0 or 6; the same in every process. */
export function draw(shape: readonly number[], low = -2, high = 2): Array64 {
  const bits = xoroshiro128plus(++drawn);
  const values = Float32Array.from({ length: size(shape) }, () => {
    const x = low + (high - low) * ((bits.next() >>> 8) / 2 ** 24);
    return Math.abs(x) < 0.02 || Math.abs(x - 6) < 0.02 ? x + 0.05 : x;
  });
  return array64([...shape], values);
}
