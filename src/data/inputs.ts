/** Inputs of examples, scaled: in memory, or read from their file as they are asked for. */
export interface Inputs {
  readonly count: number;
  /** Numbers of one example. */
  readonly width: number;
  /** A copy of some examples, row-major, [rows.length, width]. */
  take(rows: ArrayLike<number>): Float32Array;
  close(): void;
}

/** @param values row-major, [count, …] */
export function inMemory(values: Float32Array, count: number): Inputs {
  const width = values.length / count;
  return {
    count,
    width,
    take: (rows) => gather(values, width, rows),
    close: () => undefined,
  };
}

/** Numbers that are looked at in one go. */
const AT_ONCE = 1_000_000;

/** All examples in their order, some at a time, with the number of the first. */
export function* inParts(inputs: Inputs): Generator<{ first: number; values: Float32Array }> {
  const step = Math.max(1, Math.floor(AT_ONCE / inputs.width));
  for (let first = 0; first < inputs.count; first += step)
    yield { first, values: inputs.take(range(first, Math.min(step, inputs.count - first))) };
}

/** first, first + 1, … */
export const range = (first: number, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => first + i);

/** Rows of a row-major matrix [n, width], in the order asked for. */
export function gather(matrix: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    out.set(matrix.subarray(from, from + width), i * width);
  }
  return out;
}
