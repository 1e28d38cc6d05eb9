/** Maximum number of categories of a column; with more it is more likely an id or free text. */
export const MOST_CATEGORIES = 50;

interface Cell {
  cell: string;
  line: number;
}

/** Statistics of the cells of an input column, collected while reading. */
export class Column {
  numbers = 0;
  words = 0;
  firstNumber: Cell | undefined;
  firstWord: Cell | undefined;
  /** Code and line of the first cell of each category, by name; codes are in order of appearance. */
  readonly categories = new Map<string, { code: number; line: number }>();
  tooMany = false;
  min = Infinity;
  max = -Infinity;
  whole = true;
  /** Whether each number is the previous one plus 1. */
  counts = true;
  /** Whether no integer occurs twice. */
  allDiffer = true;
  /** Whether all numbers are days such as 20240131. */
  days = true;
  /** The first number written with a leading zero, such as 00123. */
  padded: Cell | undefined;
  private last = NaN;
  /** The integers; null if there are fractions, or more integers than categories with one of them twice. */
  private seen: Set<number> | null = new Set();

  addNumber(value: number, cell: string, line: number): void {
    if (this.numbers++ === 0) this.firstNumber = { cell, line };
    else if (value !== this.last + 1) this.counts = false;
    this.last = value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.whole &&= Number.isInteger(value);
    this.days &&= isDay(value);
    if (cell.startsWith('0') && /^0\d+$/.test(cell)) this.padded ??= { cell, line };
    this.addDistinct(value);
  }

  /** Whether a column of numbers could be read as categories. */
  get fewNumbers(): boolean {
    return this.seen !== null && this.seen.size <= MOST_CATEGORIES;
  }

  private addDistinct(value: number): void {
    if (!this.whole) this.seen = null;
    if (this.seen === null) return;
    const before = this.seen.size;
    this.seen.add(value);
    this.allDiffer &&= this.seen.size > before;
    if (!this.allDiffer && this.seen.size > MOST_CATEGORIES) this.seen = null;
  }

  /** @returns the code of the word's category; NaN if there are too many categories */
  addWord(cell: string, line: number): number {
    if (this.words++ === 0) this.firstWord = { cell, line };
    const known = this.categories.get(cell);
    if (known) return known.code;
    if (this.categories.size === MOST_CATEGORIES) {
      this.tooMany = true;
      return NaN;
    }
    this.categories.set(cell, { code: this.categories.size, line });
    return this.categories.size - 1;
  }

  /** Categories sorted by code unit, which is the same order on every machine. */
  sorted(): string[] {
    return [...this.categories.keys()].sort();
  }
}

/** Whether a number is a day between 1900 and 2100, written as yyyymmdd. */
function isDay(value: number): boolean {
  if (!(value >= 19000101 && value <= 21001231)) return false;
  const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
