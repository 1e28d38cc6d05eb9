/** A text column has at most so many categories; with more it is more likely an id or free text. */
export const MOST_CATEGORIES = 50;

interface Cell {
  cell: string;
  line: number;
}

/** What the cells of an input column are, as they are read. */
export class Column {
  numbers = 0;
  words = 0;
  firstNumber: Cell | undefined;
  firstWord: Cell | undefined;
  /** Line of the first cell of each category, by name; the number of a category is its place until `sorted`. */
  readonly categories = new Map<string, { code: number; line: number }>();
  tooMany = false;
  min = Infinity;
  max = -Infinity;
  whole = true;
  /** Each number is one more than that before it. */
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

  /** @returns the number that stands for the word until the categories are sorted; NaN where there are too many */
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

  /** Categories by code unit, the same order on every machine. */
  sorted(): string[] {
    return [...this.categories.keys()].sort();
  }
}
