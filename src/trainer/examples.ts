import type { DataSet } from '../data/dataSet';

/** Copies of some rows of a data set: whoever holds these can reach no others. */
export interface Examples {
  /** Row in the data set, by position. */
  readonly rows: Int32Array;
  /** Scaled, row-major, [count, …inputShape]. */
  readonly inputs: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
}

export function pickExamples(data: DataSet, rows: Int32Array): Examples {
  const size = data.inputs.length / data.count;
  return {
    rows,
    inputs: gather(data.inputs, size, rows),
    labels: Int32Array.from(rows, (row) => data.labels[row]!),
    count: rows.length,
  };
}

/** Rows of a row-major matrix [n, width], in the order asked for. */
export function gather(matrix: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    out.set(matrix.subarray(from, from + width), i * width);
  }
  return out;
}
