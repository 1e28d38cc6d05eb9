/** A column whose values differ by so little, compared with their size, that float32 does not keep the differences. */
export interface RoundedColumn {
  column: number;
  /** Values closer than this become equal. */
  step: number;
  /** Root mean square of the rounding errors, divided by the standard deviation of the column. */
  loss: number;
}

/** Rounding errors below this share of the standard deviation are not reported. */
const REPORTED = 0.001;

/** Columns that vary by a smaller share of their size are constant, except for rounding errors of float64. */
const FLOAT64_NOISE = 1e-13;

/** Measures for each column how much is lost when its values are rounded to float32. */
export class Rounding {
  private readonly count: Float64Array;
  /** The first value of each column, which is subtracted from the others, so that their sums keep enough digits. */
  private readonly first: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private readonly errors: Float64Array;
  private readonly largest: Float64Array;

  constructor(columns: number) {
    this.count = new Float64Array(columns);
    this.first = new Float64Array(columns);
    this.sum = new Float64Array(columns);
    this.squares = new Float64Array(columns);
    this.errors = new Float64Array(columns);
    this.largest = new Float64Array(columns);
  }

  add(column: number, value: number): void {
    if (!Number.isFinite(value)) return;
    if (this.count[column]!++ === 0) this.first[column] = value;
    const difference = value - this.first[column]!;
    this.sum[column]! += difference;
    this.squares[column]! += difference * difference;
    const error = value - Math.fround(value);
    this.errors[column]! += error * error;
    const size = Math.abs(value);
    if (size > this.largest[column]!) this.largest[column] = size;
  }

  /** The columns that lose digits. */
  found(): RoundedColumn[] {
    return Array.from(this.errors, (errors, column): RoundedColumn => {
      const largest = this.largest[column]!;
      // A float32 has 24 significant bits.
      const step = 2 ** (Math.floor(Math.log2(largest)) - 23);
      const spread = this.squares[column]! - this.sum[column]! ** 2 / this.count[column]!;
      const sd = Math.sqrt(spread / this.count[column]!);
      const isConstant = !(sd > FLOAT64_NOISE * largest);
      return { column, step, loss: isConstant ? 0 : Math.sqrt(errors / this.count[column]!) / sd };
    }).filter(({ loss }) => loss > REPORTED);
  }
}

/** The rounded columns of a row-major matrix [n, width]. */
export function roundedColumns(values: ArrayLike<number>, width: number): RoundedColumn[] {
  const rounding = new Rounding(width);
  for (let at = 0; at < values.length; at++) rounding.add(at % width, values[at]!);
  return rounding.found();
}
