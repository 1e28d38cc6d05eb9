import type { Inputs } from './inputs';

/** Mean and standard deviation of each column or channel; they repeat over the values of an example. */
export interface Normalization {
  mean: readonly number[];
  sd: readonly number[];
}

/** Number of values that are read at once. */
const AT_ONCE = 1_000_000;

/** The given rows, in parts with a limited number of values. */
function* partsOf(inputs: Inputs, rows: Int32Array): Generator<Float32Array> {
  const step = Math.max(1, Math.floor(AT_ONCE / inputs.width));
  for (let at = 0; at < rows.length; at += step) yield inputs.take(rows.subarray(at, at + step));
}

/**
 * Mean and population standard deviation over the given rows, in one pass in float64 (Welford 1962). Both are rounded to
 * float32, as in a layer of a saved model. A constant column gets sd 1, so that it is only centred.
 *
 * @param columns number of columns of a table, or channels of images
 */
export function fitNormalization(inputs: Inputs, rows: Int32Array, columns: number): Normalization {
  const mean = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let seen = 0;
  for (const values of partsOf(inputs, rows))
    for (let at = 0; at < values.length; at += columns) {
      seen++;
      for (let c = 0; c < columns; c++) {
        const delta = values[at + c]! - mean[c]!;
        mean[c]! += delta / seen;
        squares[c]! += delta * (values[at + c]! - mean[c]!);
      }
    }
  return {
    mean: Array.from(mean, Math.fround),
    sd: Array.from(squares, (sum) => usable(Math.fround(Math.sqrt(sum / Math.max(1, seen))))),
  };
}

/** 1 instead of an sd by which values cannot be divided in float32. */
const usable = (sd: number) => (Number.isFinite(Math.fround(1 / sd)) ? sd : 1);

/** In place: (x − mean) / sd. */
export function normalize(values: Float32Array, { mean, sd }: Normalization): Float32Array {
  for (let i = 0; i < values.length; i++)
    values[i] = (values[i]! - mean[i % mean.length]!) / sd[i % sd.length]!;
  return values;
}

/** In place: the inverse of `normalize`. */
export function denormalize(values: Float32Array, { mean, sd }: Normalization): Float32Array {
  for (let i = 0; i < values.length; i++)
    values[i] = values[i]! * sd[i % sd.length]! + mean[i % mean.length]!;
  return values;
}

/**
 * The largest ratio between the ranges (largest − smallest value) of two columns over the given rows. Constant columns are
 * ignored; 1 if all are constant.
 */
export function rangeRatio(inputs: Inputs, rows: Int32Array): number {
  const lowest = new Float64Array(inputs.width).fill(Infinity);
  const highest = new Float64Array(inputs.width).fill(-Infinity);
  for (const values of partsOf(inputs, rows))
    for (let i = 0; i < values.length; i++) {
      const c = i % inputs.width;
      if (values[i]! < lowest[c]!) lowest[c] = values[i]!;
      if (values[i]! > highest[c]!) highest[c] = values[i]!;
    }
  const ranges = Array.from(lowest, (low, c) => highest[c]! - low).filter((range) => range > 0);
  const extreme = (choose: (a: number, b: number) => number) => ranges.reduce((a, b) => choose(a, b));
  return ranges.length === 0 ? 1 : extreme(Math.max) / extreme(Math.min);
}
