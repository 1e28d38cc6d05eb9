import { UserError } from '../../config/errors';

/** Number of places that an error lists. */
const LISTED = 10;

/** Counts missing cells and records the places of the first ones. */
export class MissingCells {
  cells = 0;
  rows = 0;
  /** In the label column. */
  labels = 0;
  private lastLine = 0;
  private readonly places: string[] = [];

  add(line: number, column: string, cell: string, isLabel: boolean): void {
    this.cells++;
    if (isLabel) this.labels++;
    if (line !== this.lastLine) this.rows++;
    this.lastLine = line;
    if (this.places.length < LISTED && (!isLabel || this.labels <= LISTED))
      this.places.push(`line ${line}, column ${column} (${cell === '' ? 'empty' : cell})`);
  }

  /** An error that lists the first places. */
  error(file: string, advice: string): UserError {
    const more = this.cells - this.places.length;
    const list = this.places.join('; ') + (more > 0 ? `; and ${more} more` : '');
    const what =
      this.cells === 1 ? '1 cell is missing' : `${this.cells} cells are missing in ${this.rows} rows`;
    return new UserError(`${file}: ${what}: ${list}. ${advice}`);
  }
}
