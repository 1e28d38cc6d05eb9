/** Figures as cells: a table in the terminal and on the page. The first column is text. */
export interface Sheet {
  title: string;
  /** What measures it again. */
  command: string;
  /** What the figures are, before the table. */
  about: string;
  head: string[];
  rows: string[][];
  /** After the table: what is missing, and why. */
  notes: string[];
}

export const COMMAND = 'npm run bench --';
