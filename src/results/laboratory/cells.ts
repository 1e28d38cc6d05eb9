import { spread } from '../../sampleStatistics';
import type { CellValue, Spread } from '../summary';
import { own } from '../../own';

/** What is compared with scratch of the same seed: more accuracy, more agreement with the teacher, more calibration error. */
export const gains = ['accuracy', 'agreement', 'ece'] as const;
export type Gain = (typeof gains)[number];

/** A setting and its seeds, on validation data. Everything is a share, 0–1. */
export interface Cell {
  slug: string;
  title: string;
  /** Value of each parameter by its path, `temperature` among them. */
  values: Record<string, CellValue>;
  seeds: {
    seed: number;
    folder: string;
    accuracy: number;
    /** Less scratch of the same seed; null where scratch has no such seed, or there is no teacher to agree with. */
    gain: Record<Gain, number | null>;
  }[];
}

/** A parameter that cells differ in; `label` is for heads and axes, e.g. "T". */
export interface Parameter {
  path: string;
  label: string;
  values: CellValue[];
}

/** Every temperature that was tried, with what else was varied. */
export interface Cells {
  parameters: Parameter[];
  cells: Cell[];
}

export const TEMPERATURE = 'temperature';

export const gainOf = (cell: Cell, gain: Gain): Spread | null =>
  spread(cell.seeds.flatMap((seed) => seed.gain[gain] ?? []));

export const accuracyOf = (cell: Cell): Spread | null => spread(cell.seeds.map(({ accuracy }) => accuracy));

/** E.g. "T 4, α 0.9", of the parameters that are not left out. */
export const settingTitle = (
  { values }: Pick<Cell, 'values'>,
  parameters: readonly Parameter[],
  ...without: string[]
): string =>
  parameters
    .filter(({ path }) => !without.includes(path) && own(values, path) !== undefined)
    .map(({ path, label }) => `${label} ${String(own(values, path))}`)
    .join(', ');

/** Cells that share all but these parameters, in the order in which they come. */
export function groupsBut(
  { parameters, cells }: Cells,
  ...paths: string[]
): { title: string; cells: Cell[] }[] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const title = settingTitle(cell, parameters, ...paths);
    groups.set(title, [...(groups.get(title) ?? []), cell]);
  }
  return [...groups].map(([title, inside]) => ({ title, cells: inside }));
}

/** Numbers by size, the rest as they are. */
export const sortedValues = (values: readonly CellValue[]): CellValue[] =>
  values.every((value) => typeof value === 'number') ? [...values].sort((a, b) => a - b) : [...values];
