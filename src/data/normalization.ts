import type { Inputs } from './inputs';

/** What is taken off and what is then divided by, in turn over the numbers of an example: of each column, or of each channel. */
export interface Normalization {
  mean: readonly number[];
  sd: readonly number[];
}

/** Numbers that are read in one go. */
const AT_ONCE = 1_000_000;

/** Some rows, a bounded number of values at a time. */
function* partsOf(inputs: Inputs, rows: Int32Array): Generator<Float32Array> {
  const step = Math.max(1, Math.floor(AT_ONCE / inputs.width));
  for (let at = 0; at < rows.length; at += step) yield inputs.take(rows.subarray(at, at + step));
}

/**
 * Mean and standard deviation (of the population) over some rows, one pass in float64 (Welford 1962). Both are float32
 * numbers, so that a layer of a saved model holds the same. A column that does not vary has sd 1: it is centred.
 *
 * @param columns how many there are: those of a table, or the channels of pictures
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

/** Columns whose numbers cannot be divided by it in float32 are only centred. */
const usable = (sd: number) => (Number.isFinite(Math.fround(1 / sd)) ? sd : 1);

/** In place: (x − mean) / sd. */
export function normalize(values: Float32Array, { mean, sd }: Normalization): Float32Array {
  for (let i = 0; i < values.length; i++)
    values[i] = (values[i]! - mean[i % mean.length]!) / sd[i % sd.length]!;
  return values;
}

/** In place: the way back. */
export function denormalize(values: Float32Array, { mean, sd }: Normalization): Float32Array {
  for (let i = 0; i < values.length; i++)
    values[i] = values[i]! * sd[i % sd.length]! + mean[i % mean.length]!;
  return values;
}

/**
 * How many times as large the range (largest − smallest) of one column is as that of another, at most, over some rows;
 * columns that do not vary are passed over. 1 where none does.
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
