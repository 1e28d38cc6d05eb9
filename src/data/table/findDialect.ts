import { parse } from 'csv-parse/sync';
import { decimals, separators, type Decimal, type Separator } from '../../config/table';
import { hasThousands, isAmbiguous, isMissing, parseNumber } from './cells';
import { parserOptions, type Dialect } from './rows';

/** The parts of the dialect that a config sets; the others are detected. */
export interface GivenDialect {
  separator?: Separator | undefined;
  decimal?: Decimal | undefined;
  comment?: string | undefined;
}

/** Bytes and rows in the sample. */
const SAMPLE = 1 << 18;
const ROWS = 1000;

/**
 * Detects the separator that gives rows of the same length and the fewest cells that contain another separator, and the
 * decimal sign of most numbers.
 * @param bytes UTF-8, from the start of the table
 * @returns the dialect, and the first rows parsed with it
 */
export function findDialect(bytes: Buffer, given: GivenDialect): Dialect & { rows: string[][] } {
  const sample = beginning(bytes);
  const comment = given.comment ?? '#';
  const tried = (given.separator ? [given.separator] : separators).map((separator) => {
    const { rows, skipped } = sampleRows(sample, separator, comment);
    return { separator, rows, score: scoreOf(rows, skipped, separator) };
  });
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  return {
    separator: best.separator,
    decimal: given.decimal ?? findDecimal(best.rows),
    comment,
    rows: best.rows,
  };
}

/** The first whole lines. */
function beginning(bytes: Buffer): string {
  if (bytes.length <= SAMPLE) return bytes.toString();
  // A header of very many columns may be longer than the sample.
  const end = [bytes.lastIndexOf(0x0a, SAMPLE), bytes.indexOf(0x0a, SAMPLE)].find((at) => at >= 0);
  return bytes.toString('utf8', 0, end === undefined ? SAMPLE : end + 1);
}

function sampleRows(text: string, separator: Separator, comment: string) {
  let skipped = 0;
  const rows: string[][] = [];
  const options = {
    ...parserOptions({ separator, comment }),
    info: false,
    to: ROWS,
    relax_quotes: false,
    skip_records_with_error: true,
    on_skip: () => void skipped++,
  } as const;
  for (const row of parse(text, options)) rows.push(row);
  return { rows, skipped };
}

/** 0 to 1: the share of rows with the most frequent length, times the share of cells without another separator. */
function scoreOf(rows: string[][], skipped: number, separator: Separator): number {
  const lengths = new Map<number, number>();
  for (const { length } of rows) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  const [width, usual] = [...lengths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  if (width < 2) return 0;
  const others = new RegExp(`[${separators.filter((one) => one !== separator).join('')}]`);
  const cells = rows.flat();
  const whole = cells.filter((cell) => !others.test(cell) || isNumberLike(cell)).length;
  return (usual / (rows.length + skipped)) * (whole / cells.length);
}

const isNumberLike = (cell: string) =>
  hasThousands(cell) || decimals.some((decimal) => !Number.isNaN(parseNumber(cell, decimal)));

/** Decided by the unambiguous numbers; ambiguous ones such as 1,234 count only if there are no others. */
function findDecimal(rows: string[][]): Decimal {
  const clear = { '.': 0, ',': 0 };
  const unclear = { '.': 0, ',': 0 };
  for (const cell of rows.flat()) {
    if (isMissing(cell) || !/[.,]/.test(cell) || !isNumberLike(cell)) continue;
    // The last sign is the decimal one: 1.234,5 and 1,234.5.
    const sign = cell.lastIndexOf('.') > cell.lastIndexOf(',') ? '.' : ',';
    if (isAmbiguous(cell)) unclear[sign]++;
    else if (cell.indexOf(sign) === cell.lastIndexOf(sign)) clear[sign]++;
  }
  const votes = clear['.'] + clear[','] > 0 ? clear : unclear;
  return votes[','] > votes['.'] ? ',' : '.';
}

/**
 * Whether the first row is a header; null if unclear. A name above numbers means yes. Numbers above numbers mean no, except
 * 0, 1, 2 …, which pandas writes for columns without names. A word that is repeated below means no.
 */
export function findHeader([first = [], ...below]: string[][], decimal: Decimal): boolean | null {
  const isNumber = (cell: string) => !Number.isNaN(parseNumber(cell, decimal));
  const found = { names: 0, numbers: 0, repeated: 0 };
  const numbers = first.filter(isNumber);
  for (const [c, cell] of first.entries()) {
    const others = below.map((row) => row[c] ?? '').filter((other) => !isMissing(other));
    if (others.length === 0 || isMissing(cell)) continue;
    const aboveNumbers = others.every(isNumber);
    if (isNumber(cell)) found.numbers += aboveNumbers ? 1 : 0;
    else if (aboveNumbers) found.names++;
    else if (others.includes(cell)) found.repeated++;
  }
  if (found.repeated > 0) return found.names > 0 ? null : false;
  const counted = numbers.length > 1 && numbers.every((cell, i) => cell === String(i));
  if (counted && (found.names > 0 || numbers.length > found.numbers)) return true;
  if (counted && first.length > 2)
    return numbers.length === first.length || numbers.length === 2 ? null : true;
  if (found.names > 0 && found.numbers > 0) return null;
  return found.numbers === 0;
}
