import type { Curves, Line } from '../../src/messages';
import { own } from '../../src/own';
import type { Hue, ChartSeries } from '../chart/model';

export const shownOf = (curves: readonly Curves[]) => curves.find((c) => c.role === 'shown') ?? null;

/** Blue for what is learned from the teacher, orange for what is learned from labels, foreground for the teacher. */
export const hueOf = (kind: Curves['kind']): Hue =>
  kind === 'distilled' ? 'teacher' : kind === 'scratch' ? 'labels' : 'neutral';

/** Solid, dashed, dotted: the same distinction without colour. An overlay is always dotted. */
export const dashOf = (curves: Pick<Curves, 'kind' | 'role'>): ChartSeries['dash'] =>
  curves.role === 'overlay' || curves.kind === 'teacher'
    ? 'dotted'
    : curves.kind === 'scratch'
      ? 'dashed'
      : 'solid';

export const rankOf = (role: Curves['role']): ChartSeries['rank'] =>
  role === 'overlay' ? 'overlay' : role === 'otherSeed' ? 'seed' : 'main';

const hueOfSource = { labels: 'labels', teacher: 'teacher', other: 'neutral' } as const;

/** What is drawn of a term; one that is not described is drawn by its name, in the foreground's colour. */
export function termOf({ terms }: Pick<Curves, 'terms'>, name: string): { title: string; hue: Hue } {
  const term = own(terms, name);
  return { title: term?.title ?? name, hue: hueOfSource[term?.source ?? 'other'] };
}

/** Whether every loss of a run is in nats, so that a chart can name the unit. */
export const areInNats = ({ terms }: Pick<Curves, 'terms'>): boolean =>
  Object.values(terms).every(({ unit }) => unit === 'nats');

/** A line with its share as percentages. */
export const asPercent = (line: Line): Line => ({
  x: line.x,
  y: line.y.map((value) => (value === null ? null : value * 100)),
});
