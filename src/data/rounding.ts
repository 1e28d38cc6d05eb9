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

/** Measures for each column how much is lost when its values are rounded to float32 (statistics by Welford 1962). */
export class Rounding {
  private readonly count: Float64Array;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private readonly errors: Float64Array;
  private readonly largest: Float64Array;

  constructor(columns: number) {
    this.count = new Float64Array(columns);
    this.mean = new Float64Array(columns);
    this.squares = new Float64Array(columns);
    this.errors = new Float64Array(columns);
    this.largest = new Float64Array(columns);
  }

  add(column: number, value: number): void {
    if (!Number.isFinite(value)) return;
    this.count[column]!++;
    const delta = value - this.mean[column]!;
    this.mean[column]! += delta / this.count[column]!;
    this.squares[column]! += delta * (value - this.mean[column]!);
    this.errors[column]! += (value - Math.fround(value)) ** 2;
    this.largest[column] = Math.max(this.largest[column]!, Math.abs(value));
  }

  /** The columns that lose digits. */
  found(): RoundedColumn[] {
    return Array.from(this.errors, (errors, column): RoundedColumn => {
      const largest = this.largest[column]!;
      // A float32 has 24 significant bits.
      const step = 2 ** (Math.floor(Math.log2(largest)) - 23);
      return { column, step, loss: Math.sqrt(errors / this.squares[column]!) };
    }).filter(({ loss }) => loss > REPORTED);
  }
}

/** The rounded columns of a row-major matrix [n, width]. */
export function roundedColumns(values: ArrayLike<number>, width: number): RoundedColumn[] {
  const rounding = new Rounding(width);
  for (let at = 0; at < values.length; at++) rounding.add(at % width, values[at]!);
  return rounding.found();
}
