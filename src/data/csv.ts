import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../config/errors';
import type { RawData } from './dataSet';
import { inMemory } from './inputs';
import { readBytes } from './files';

/** One example a row: a column with the label, numbers in all others. @throws UserError */
export async function readCsv(options: {
  file: string;
  label: string | number;
  header: boolean;
  shape?: number[] | undefined;
  classes?: string[] | undefined;
  scale?: number | undefined;
}): Promise<RawData> {
  const { file, scale = 1 } = options;
  const bytes = await readBytes(file);
  const numbers = new GrowingArray();
  const words: Word[] = [];
  let names: string[] | undefined;
  let width = 0;
  let column = 0;
  for await (const { record, info } of parseRows(bytes, file)) {
    if (width === 0) {
      width = record.length;
      if (options.header) names = record.map((cell) => cell.trim());
      column = labelColumn(options.label, names, width, file);
      if (options.header) continue;
    }
    if (record.length !== width)
      throw new UserError(
        `${file}, line ${info.lines}: ${record.length} cells, where ${options.header ? 'the header' : 'the first row'} has ${width}. Give every row as many.`,
      );
    for (let c = 0; c < width; c++) {
      const cell = record[c]!.trim();
      if (c === column) {
        words.push({ word: cell, line: info.lines });
        continue;
      }
      const value = cell === '' ? NaN : Number(cell);
      if (!Number.isFinite(value)) throw noNumber(cell, file, info.lines, names?.[c] ?? `number ${c}`);
      numbers.push(value / scale);
    }
  }
  if (words.length === 0)
    throw new UserError(`${file} has no rows${names ? ' below its header' : ''}. Give examples.`);
  return {
    inputs: inMemory(numbers.whole(), words.length),
    inputShape: checkShape(options.shape ?? [width - 1], width - 1, file),
    ...numberClasses(words, options.classes, file),
  };
}

interface Row {
  record: string[];
  info: { lines: number };
}
interface Word {
  word: string;
  line: number;
}

/** Row by row, letting others run between: a table may have millions of cells. */
async function* parseRows(bytes: Buffer, file: string): AsyncGenerator<Row> {
  if (bytes.subarray(0, 8192).includes(0))
    throw new UserError(
      `${file} is binary, not text. Give a CSV file, or read it with "source": "npy" or "idx".`,
    );
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  try {
    yield* Readable.from(pieces(bytes)).pipe(parser) as AsyncIterable<Row>;
  } catch (error) {
    if (error instanceof CsvError) throw new UserError(`${file}: ${error.message}.`, { cause: error });
    throw error;
  }
}

function* pieces(bytes: Buffer, size = 1 << 16): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function noNumber(cell: string, file: string, line: number, column: string): UserError {
  const found = cell === '' ? 'an empty cell' : `"${cell.slice(0, 40)}"`;
  const hint = line === 1 ? '; or is this a header? Then set "header": true' : '';
  return new UserError(
    `${file}, line ${line}, column ${column}: ${found} where a finite number was expected. Fill it in or leave the row out${hint}.`,
  );
}

/** Numbers whose count is known only at the end. */
class GrowingArray {
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

function labelColumn(
  label: string | number,
  names: string[] | undefined,
  width: number,
  file: string,
): number {
  if (width < 2)
    throw new UserError(
      `${file} has one column. Expected a label and at least one number a row, parted by commas.`,
    );
  if (typeof label === 'number') {
    const column = label < 0 ? width + label : label;
    if (column >= 0 && column < width) return column;
    throw new UserError(`${file} has ${width} columns (0 to ${width - 1}); "label" asks for ${label}.`);
  }
  if (names === undefined)
    throw new UserError(
      `${file} is read without a header, so "label" must be a column's number, not "${label}".`,
    );
  const column = names.indexOf(label);
  if (column >= 0) return column;
  const some = names.slice(0, 12).join(', ');
  throw new UserError(
    `${file} has no column "${label}". Its columns are ${some}${names.length > 12 ? ' …' : ''}.`,
  );
}

function checkShape(shape: number[], width: number, file: string): number[] {
  if (shape.reduce((a, b) => a * b, 1) === width) return shape;
  throw new UserError(
    `${file} has ${width} numbers a row; "shape" [${shape.join(', ')}] does not hold as many.`,
  );
}

/** Classes in the order of `given`, else sorted: as numbers where all are, else by their letters. */
function numberClasses(words: Word[], given: string[] | undefined, file: string) {
  const classes = given ?? sortClasses([...new Set(words.map(({ word }) => word))]);
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const labels = Int32Array.from(words, ({ word, line }) => {
    const number = numbers.get(word);
    if (number !== undefined && word !== '') return number;
    throw new UserError(
      word === ''
        ? `${file}, line ${line}: the label is empty. Fill it in or leave the row out.`
        : `${file}, line ${line}: the label "${word}" is not among "classes" (${classes.slice(0, 12).join(', ')}). Add it there or mend the row.`,
    );
  });
  return { classes, labels };
}

function sortClasses(names: string[]): string[] {
  const numeric = names.every((name) => name !== '' && Number.isFinite(Number(name)));
  // By code unit, not by locale: the same order on every machine.
  return numeric ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}
