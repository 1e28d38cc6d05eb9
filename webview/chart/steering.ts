import type { Axis, ChartModel } from './model';
import { indexAt } from './model';

/** The x values at which the cursor can be: those of the main lines. */
export function stops(model: ChartModel): number[] {
  const longest = model.series
    .filter((s) => s.rank === 'main')
    .reduce<number[]>((best, s) => (s.x.length > best.length ? s.x : best), []);
  return longest;
}

export function nearest(xs: readonly number[], x: number): number | null {
  const before = xs[Math.max(0, indexAt(xs, x))];
  const after = xs[Math.min(xs.length - 1, indexAt(xs, x) + 1)];
  if (before === undefined || after === undefined) return null;
  return x - before <= after - x ? before : after;
}

/** Where a key moves the cursor; undefined for a key that does not. */
export function cursorAfter(
  key: string,
  shift: boolean,
  cursor: number | null,
  xs: readonly number[],
): number | undefined {
  const last = xs.length - 1;
  if (last < 0) return undefined;
  const at = cursor === null ? null : indexAt(xs, cursor);
  const to = (index: number) => xs[Math.min(last, Math.max(0, index))];
  const step = shift ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
      return to((at ?? last + 1) - step);
    case 'ArrowRight':
      return to((at ?? -1) + step);
    case 'Home':
      return xs[0];
    case 'End':
      return xs[last];
    default:
      return undefined;
  }
}

/** The range of y, larger or smaller by `factor` around a value that stays where it is. */
export function zoomed(axis: Axis, factor: number, around: number): [number, number] {
  const there = axis.scale === 'log' ? Math.log10 : (value: number) => value;
  const back = axis.scale === 'log' ? (value: number) => 10 ** value : (value: number) => value;
  const low = there(axis.min);
  const high = there(axis.max);
  const at = Math.min(high, Math.max(low, around > 0 || axis.scale === 'linear' ? there(around) : low));
  return [back(at - (at - low) * factor), back(at + (high - at) * factor)];
}
