import { UserError } from '../../config/errors';
import { columnText, listed, type ColumnKey, type Suspicion, type TableFacts } from '../../config/table';
import { readBeginning, readBytes } from '../files';
import { isDate, isMissing, parseNumber, refusal } from './cells';
import { Column } from './column';
import { whyUseless } from './checkColumns';
import { Rounding } from '../rounding';
import { openTable, type OpenTable, type TableSettings } from './open';
import { parseRows } from './rows';
import { columnKey } from './selectColumns';
import { isNamedId, suspicionOf } from './suspects';
import { unitsOf, unitsText } from './units';

/** Bytes of a table that are read for a first look. */
export const BEGINNING = 1 << 18;
const ROWS_SHOWN = 5;

/** How a column would be read. */
export interface ColumnLook {
  key: ColumnKey;
  /** A phrase such as "3 categories: a, b, c". */
  taken: string;
  /** Whether it should be excluded from the inputs. */
  leaveOut: boolean;
  /** Cells of the first rows. */
  values: string[];
}

/** An overview of a table, for choosing its columns. */
export interface TableLook extends Pick<TableFacts, 'separator' | 'decimal' | 'header' | 'encoding'> {
  columns: ColumnLook[];
  /** The most likely label column. */
  label: ColumnKey;
  /** False if only the start of the file was read. */
  whole: boolean;
}

/**
 * An overview of a table or of its start, before its columns are chosen.
 * @param bytes how much of the file to read; `Infinity` for all of it
 * @throws UserError if the file is not a table
 */
export async function inspectTable(
  file: string,
  settings: TableSettings = {},
  bytes = BEGINNING,
): Promise<TableLook> {
  const { start, whole } =
    bytes === Infinity ? { start: await readBytes(file), whole: true } : await readBeginning(file, bytes);
  const table = openTable(start, file, settings, whole);
  if (table.width < 2)
    throw new UserError(`${file} has one column. Expected a label and at least one input a row.`);
  const columns = Array.from({ length: table.width }, () => new Column());
  const rounding = new Rounding(table.width);
  const rows = await look(table, columns, rounding, file, whole);
  const rounded = new Set(rounding.found().map(({ column }) => column));
  if (rows.length === 0)
    throw new UserError(
      `${file} has no rows${table.header ? ' below the header' : ''}. Expected at least one example.`,
    );
  const name = (c: number) => table.names?.[c] ?? '';
  const keyOf = (c: number) => columnKey(table.names, c);
  const label = likelyLabel(table.names, table.width);
  return {
    separator: table.dialect.separator,
    decimal: table.dialect.decimal,
    header: table.header,
    encoding: table.encoding,
    columns: columns.map((column, c) => ({
      key: keyOf(c),
      ...taken(column, name(c), columnText(keyOf(label)), table, rounded.has(c)),
      values: rows.map((row) => row[c]!),
    })),
    label: keyOf(label),
    whole,
  };
}

/** Reads the rows into the columns. @returns the first rows */
async function look(
  { bytes, dialect, header, width }: OpenTable,
  columns: Column[],
  rounding: Rounding,
  file: string,
  whole: boolean,
): Promise<string[][]> {
  const shown: string[][] = [];
  let first = header;
  try {
    const lines = whole ? 0 : bytes.lastIndexOf(0x0a) + 1;
    const complete = lines > 0 ? bytes.subarray(0, lines) : bytes;
    for await (const { record, info } of parseRows(complete, file, dialect)) {
      if (first) first = false;
      else if (record.length === width) {
        if (shown.length < ROWS_SHOWN) shown.push(record);
        for (const [c, cell] of record.entries()) {
          if (isMissing(cell)) continue;
          const value = parseNumber(cell, dialect.decimal);
          if (Number.isNaN(value)) columns[c]!.addWord(cell, info.lines);
          else columns[c]!.addNumber(value, cell, info.lines);
          rounding.add(c, value);
        }
      }
    }
  } catch (error) {
    // A partial file may end within quotes.
    if (whole || shown.length === 0) throw error;
  }
  return shown;
}

const suspicions: Record<Suspicion, { taken: string; leaveOut: boolean }> = {
  'row number': { taken: 'row numbers', leaveOut: true },
  id: { taken: 'an id', leaveOut: true },
  code: { taken: 'codes with leading zeros', leaveOut: true },
  'many codes': { taken: 'codes with leading zeros', leaveOut: true },
  date: { taken: 'a date or time', leaveOut: true },
  label: { taken: 'another label', leaveOut: true },
  constant: { taken: 'the same in every row', leaveOut: false },
};

function taken(
  column: Column,
  name: string,
  label: string,
  { dialect: { decimal } }: OpenTable,
  rounded: boolean,
): Pick<ColumnLook, 'taken' | 'leaveOut'> {
  const units = unitsOf(column, decimal);
  if (units) return { taken: unitsText(column, units), leaveOut: true };
  const { numbers, words, firstWord, categories, min, max } = column;
  const why = firstWord && refusal(firstWord.cell, decimal);
  if (why && !isDate(firstWord.cell)) return { taken: `"${firstWord.cell}" is ${why}`, leaveOut: false };
  const useless = whyUseless(column);
  if (useless) return { taken: useless.text, leaveOut: true };
  const suspicion = suspicionOf(column, name, label) ?? (isNamedId(column, name) ? 'id' : null);
  if (suspicion !== null && name !== label) return suspicions[suspicion];
  if (numbers > 0 && words > 0)
    return { taken: `numbers and texts, such as "${firstWord!.cell}"`, leaveOut: false };
  if (rounded)
    return { taken: `numbers from ${min} to ${max}, which lose digits in float32`, leaveOut: true };
  if (words === 0)
    return { taken: min === max ? `the number ${min}` : `numbers from ${min} to ${max}`, leaveOut: false };
  return { taken: `${categories.size} categories: ${listed(column.sorted(), 6)}`, leaveOut: false };
}

const LABEL = /^(?:label|class|target|species|kind|category|outcome|diagnosis|y|klasse)$/i;

/** A column with a typical label name, otherwise the last column, which is usually the label. */
function likelyLabel(names: readonly string[] | undefined, width: number): number {
  const named = names?.findLastIndex((name) => LABEL.test(name)) ?? -1;
  return named >= 0 ? named : width - 1;
}
