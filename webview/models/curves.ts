import type { Curves, Line } from '../../src/messages';
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

export const isTeacherTerm = (term: string) => term !== 'student';

/** A line with its share as percentages. */
export const asPercent = (line: Line): Line => ({
  x: line.x,
  y: line.y.map((value) => (value === null ? null : value * 100)),
});
