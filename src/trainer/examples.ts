import type { SeenData } from '../data/preprocessor';

/** Some rows of a data set; gives no access to others. */
export interface Examples {
  /** Row in the data set, by position. */
  readonly rows: Int32Array;
  readonly labels: Int32Array;
  readonly count: number;
  /** Inputs of some, by position, as the network sees them: a copy, row-major, [positions.length, …inputShape]. */
  take(positions: ArrayLike<number>): Float32Array;
  /** The same as they are read, for a page. */
  show(positions: ArrayLike<number>): Float32Array;
  /** The data set's file, where it is read row by row. */
  close(): void;
}

export function pickExamples(
  { inputs, raw, labels }: Pick<SeenData, 'inputs' | 'raw' | 'labels'>,
  rows: Int32Array,
): Examples {
  return {
    rows,
    labels: Int32Array.from(rows, (row) => labels[row]!),
    count: rows.length,
    take: (positions) => inputs.take(rowsAt(rows, positions)),
    show: (positions) => raw.take(rowsAt(rows, positions)),
    close: () => inputs.close(),
  };
}

/** Some of them again. */
export function pickFrom(examples: Examples, positions: Int32Array): Examples {
  return {
    rows: rowsAt(examples.rows, positions),
    labels: rowsAt(examples.labels, positions),
    count: positions.length,
    take: (wanted) => examples.take(rowsAt(positions, wanted)),
    show: (wanted) => examples.show(rowsAt(positions, wanted)),
    close: () => examples.close(),
  };
}

function rowsAt(rows: Int32Array, positions: ArrayLike<number>): Int32Array {
  return Int32Array.from(positions, (position) => {
    const row = rows[position];
    if (row === undefined) throw new RangeError(`There is no example ${position} of ${rows.length}.`);
    return row;
  });
}
