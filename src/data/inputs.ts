/** Scaled inputs of examples, in memory or read from a file on demand. */
export interface Inputs {
  readonly count: number;
  /** Number of values of one example. */
  readonly width: number;
  /** A copy of the examples with these indices, row-major, [rows.length, width]. */
  take(rows: ArrayLike<number>): Float32Array;
  close(): void;
}

/**
 * @param values row-major, [count, …]
 * @param divisor of bytes, applied in `take`: they are stored as bytes, which needs a quarter of the memory
 */
export function inMemory(values: Float32Array | Uint8Array, count: number, divisor = 1): Inputs {
  const width = values.length / count;
  const take =
    values instanceof Float32Array
      ? (rows: ArrayLike<number>) => gather(values, width, rows)
      : takeBytes(values, width, divisor);
  return { count, width, take, close: () => undefined };
}

function takeBytes(values: Uint8Array, width: number, divisor: number): Inputs['take'] {
  const scaled = Float32Array.from({ length: 256 }, (_, byte) => byte / divisor);
  return (rows) => {
    const out = new Float32Array(rows.length * width);
    for (let i = 0, at = 0; i < rows.length; i++) {
      const from = rows[i]! * width;
      for (let j = 0; j < width; j++) out[at++] = scaled[values[from + j]!]!;
    }
    return out;
  };
}

/** Number of values that are read at once. */
const AT_ONCE = 1_000_000;

/** All examples in order, in parts, each with the index of its first example. */
export function* inParts(inputs: Inputs): Generator<{ first: number; values: Float32Array }> {
  const step = Math.max(1, Math.floor(AT_ONCE / inputs.width));
  for (let first = 0; first < inputs.count; first += step)
    yield { first, values: inputs.take(range(first, Math.min(step, inputs.count - first))) };
}

/** first, first + 1, … */
export const range = (first: number, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => first + i);

/** Rows of a row-major matrix [n, width], in the order of `rows`. */
export function gather(matrix: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    out.set(matrix.subarray(from, from + width), i * width);
  }
  return out;
}
