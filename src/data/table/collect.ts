import { UserError } from '../../config/errors';
import { columnText } from '../../config/table';
import type { CsvConfig } from '../../config/data';
import { isAmbiguous, isMissing, parseNumber } from './cells';
import { Column } from './column';
import { Rounding, type RoundedColumn } from '../rounding';
import type { Word } from './labels';
import { MissingCells } from './missingCells';
import type { OpenTable } from './open';
import { parseRows } from './rows';
import type { Selection } from './selectColumns';

/** The cells of all rows, with statistics of the columns. */
export interface Collected {
  /** Row-major, [rows, inputs]: scaled numbers; for words the code of their category; NaN if missing. */
  values: Float32Array;
  labels: Word[];
  /** As `selection.inputs`. */
  columns: Column[];
  missing: MissingCells;
  /** Columns that lose digits in float32, by their position in `columns`. */
  rounded: RoundedColumn[];
}

type Settings = Pick<CsvConfig, 'missing' | 'classes' | 'scale' | 'decimal'>;

/** Reads every row once. @throws UserError if rows differ in length or numbers are ambiguous */
export async function collect(
  table: OpenTable,
  selection: Selection,
  { missing: rule, classes, scale = 1, decimal: givenDecimal }: Settings,
  file: string,
): Promise<Collected> {
  const { dialect, header, width } = table;
  const { inputs, label, categories, keyOf } = selection;
  const values = new GrowingArray();
  const labels: Word[] = [];
  const columns = inputs.map(() => new Column());
  const missing = new MissingCells();
  const rounding = new Rounding(inputs.length);
  const decimalSign = givenDecimal === undefined ? new DecimalSign(table) : null;
  const title = (c: number) => columnText(keyOf(c));
  const isNoLabel = (cell: string) => isMissing(cell) && !classes?.includes(cell);
  let first = header;
  for await (const { record, info } of parseRows(table.bytes, file, dialect)) {
    if (first) {
      first = false;
      continue;
    }
    const { lines: line } = info;
    if (record.length !== width)
      throw new UserError(
        `${file}, line ${line}: the row has ${record.length} cells, but ${header ? 'the header' : 'the first row'} has ${width}. All rows must have the same number of cells.${
          dialect.separator === ',' && record.length > width
            ? ' If commas are also decimal signs, put such cells in quotes, or separate cells with semicolons.'
            : ''
        }`,
      );
    const seen = missing.cells;
    const word = record[label]!;
    if (isNoLabel(word)) missing.add(line, title(label), word, true);
    for (const c of inputs) if (isMissing(record[c]!)) missing.add(line, title(c), record[c]!, false);
    if (rule === 'drop' && missing.cells > seen) continue;
    labels.push({ word, line });
    for (const [i, c] of inputs.entries()) {
      const cell = record[c]!;
      const column = columns[i]!;
      const value = categories.has(c) ? NaN : parseNumber(cell, dialect.decimal);
      if (isMissing(cell)) values.push(NaN);
      else if (Number.isNaN(value)) values.push(column.addWord(cell, line));
      else {
        if (!Number.isFinite(Math.fround(value / scale)))
          throw new UserError(
            `${file}, line ${line}, column ${title(c)}: "${cell}" is too large for float32. Scale the column.`,
          );
        column.addNumber(value, cell, line);
        decimalSign?.look(cell, c, line);
        rounding.add(i, value / scale);
        values.push(value / scale);
      }
    }
  }
  decimalSign?.check(file, title);
  return { values: values.whole(), labels, columns, missing, rounded: rounding.found() };
}

/** Detects tables in which 1.234 could also mean 1234; a single number that is clearly a fraction decides it. */
class DecimalSign {
  private clear = false;
  private readonly unclear = new Map<number, { cell: string; line: number }>();
  private readonly whole = new Set<number>();

  constructor(private readonly table: OpenTable) {}

  look(cell: string, column: number, line: number): void {
    if (this.clear) return;
    if (!cell.includes(this.table.dialect.decimal)) this.whole.add(column);
    else if (!isAmbiguous(cell)) this.clear = true;
    else if (!this.unclear.has(column)) this.unclear.set(column, { cell, line });
  }

  check(file: string, title: (column: number) => string): void {
    const { separator, decimal } = this.table.dialect;
    if (this.clear) return;
    for (const [column, { cell, line }] of this.unclear) {
      // With points, only if fractions and integers are mixed, as with thousands separators.
      if (decimal === '.' && (separator === ',' || !this.whole.has(column))) continue;
      throw new UserError(
        `${file}, line ${line}, column ${title(column)}: "${cell}" is ambiguous: it can be a fraction or a number with a thousands separator. Set "decimal": "${decimal}" if it is a fraction; otherwise write it without the separator.`,
      );
    }
  }
}

/** A float32 array that grows as values are added. */
export class GrowingArray {
  private values = new Float32Array(1024);
  private count = 0;

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Float32Array(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = value;
  }

  whole(): Float32Array {
    return this.values.slice(0, this.count);
  }
}
