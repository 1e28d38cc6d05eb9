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
  private last = NaN;

  addNumber(value: number, cell: string, line: number): void {
    if (this.numbers++ === 0) this.firstNumber = { cell, line };
    else if (value !== this.last + 1) this.counts = false;
    this.last = value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.whole &&= Number.isInteger(value);
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
