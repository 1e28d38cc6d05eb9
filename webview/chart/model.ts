import type { Line } from '../../src/messages';

/** What a line's network or term learns from: the teacher (blue), the labels (orange), or neither (foreground). */
export type Hue = 'teacher' | 'labels' | 'neutral';
export type Dash = 'solid' | 'dashed' | 'dotted' | 'dashDot';
/** main: read it. raw: faint, below its smoothed line. seed: another seed, 25 %. overlay: another run, 60 %. */
export type Rank = 'main' | 'raw' | 'seed' | 'overlay';

export interface ChartSeries extends Line {
  /** The full name: column of the table and of the CSV. */
  name: string;
  hue: Hue;
  dash: Dash;
  rank: Rank;
  /** Written at the line's end; null where the line goes without a name. */
  label: string | null;
  /** What `label`, table and CSV say where it differs from the drawn y (a share that is drawn stacked). */
  values?: (number | null)[];
  /** Tints the area below or above the line. */
  fill?: { below: Hue; above: Hue };
  /** Circles at its points: hollow ones instead of the line, filled ones on it. */
  dots?: 'hollow' | 'filled';
  /** Drawn as bars, so wide and so far from x (units of x), instead of a line; `hatched` for the teacher. */
  bars?: { width: number; offset: number; hatched: boolean };
}

export interface Axis {
  scale: 'linear' | 'log';
  min: number;
  max: number;
  /** Text of a tick; so many decimals tell it from its neighbours. */
  tick: (value: number, decimals: number) => string;
  /** The only ticks, e.g. one a class; otherwise 1-2-5 by the room there is. */
  ticks?: number[];
  /** Ticks are at least so far apart: what `tick` cannot tell apart is not labelled. */
  leastStep?: number;
  /** The last tick is the axis' end, e.g. the planned number of steps. */
  endTick?: boolean;
}

/** Everything that canvas, SVG, table, CSV and the spoken label are drawn from. */
export interface ChartModel {
  /** Unique on the page and stable: zoom and table are remembered by it. */
  id: string;
  title: string;
  /** What and in which unit: "raw, before weighting · nats per example · log scale". */
  caption: string;
  /** Name of an exported file, without its ending. */
  fileName: string;
  x: Axis & { name: string; format: (value: number) => string };
  y: Axis & { format: (value: number) => string };
  /** Words at the right edge; the names of lines are then next to the cursor instead of at their ends. */
  rightTicks?: { value: number; label: string }[];
  series: ChartSeries[];
  /** Horizontal lines: the teacher's accuracy, a limit. */
  levels: { y: number; label: string; dash: Dash; hue: Hue }[];
  /** Where a run failed. */
  failures: { x: number; label: string }[];
  /** Text instead of an empty chart. */
  empty: string | null;
  /** The chart as a sentence, for screen readers. */
  spoken: string;
}

export const isNumber = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** Index of the last x that is at most `at` (x ascending); -1 where all are beyond. */
export function indexAt(x: readonly number[], at: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The value of a series at x, or its newest where x is null; null where there is none. */
export function valueAt(series: ChartSeries, x: number | null): number | null {
  const values = series.values ?? series.y;
  if (x === null) return values.findLast(isNumber) ?? null;
  const at = indexAt(series.x, x);
  const value = values[at];
  // Beyond its last point a line has no value.
  if (at === series.x.length - 1 && x > (series.x[at] ?? x)) {
    const step = (series.x[at] ?? 0) - (series.x[at - 1] ?? 0);
    if (x - (series.x[at] ?? 0) > step) return null;
  }
  return isNumber(value) ? value : null;
}
