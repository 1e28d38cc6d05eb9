import type { ComponentChildren } from 'preact';
import type { Cell } from '../chart/csv';
import type { Palette } from '../theme';

/** The numbers behind a picture: its table on the page, and its CSV, there unrounded. */
export interface PictureTable {
  columns: { name: string; format?: (value: number) => string }[];
  rows: Cell[][];
}

/** Drawn as SVG with its own colours, so that it is the same on the page and in a file. */
export interface Drawing {
  width: number;
  height: number;
  content: ComponentChildren;
}

/** A figure that is no chart over steps: points, matrices, intervals. */
export interface Picture {
  /** Unique on the page and stable: whether it is shown as a table is remembered by it. */
  id: string;
  title: string;
  /** What and in which unit. */
  caption: string;
  /** Name of an exported file, without its ending. */
  fileName: string;
  /** As a sentence, for screen readers. */
  spoken: string;
  table: PictureTable;
  draw: (width: number, palette: Palette) => Drawing;
}

export const FONT_SIZE = 11;

/** How a cell of the table reads. */
export function cellText(value: Cell, format?: (value: number) => string): string {
  if (value === null) return '–';
  return typeof value === 'number' && format ? format(value) : String(value);
}
