import type { Axis } from './model';

/** Position of a value between two pixels. */
export function project(axis: Axis, from: number, to: number): (value: number) => number {
  const of = axis.scale === 'log' ? Math.log10 : (value: number) => value;
  const low = of(axis.min);
  const span = of(axis.max) - low || 1;
  return (value) => from + ((of(value) - low) / span) * (to - from);
}

/** The value at a pixel: the inverse of `project`. */
export function unproject(axis: Axis, from: number, to: number): (pixel: number) => number {
  const share = (pixel: number) => (pixel - from) / (to - from || 1);
  if (axis.scale === 'linear') return (pixel) => axis.min + share(pixel) * (axis.max - axis.min);
  const low = Math.log10(axis.min);
  return (pixel) => 10 ** (low + share(pixel) * (Math.log10(axis.max) - low));
}

/** Multiples of 1, 2 or 5 · 10^k in [min, max], at most `most` of them and at least `least` apart. */
export function linearTicks(min: number, max: number, most: number, least = 0): number[] {
  if (!(max > min)) return [min];
  const rough = Math.max((max - min) / Math.max(1, most - 1), least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * (1 - 1e-9)) ?? 10 * power;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** 1-2-5 of each decade where they fit, else decades, else every second decade, …: at most `most`. */
export function logTicks(min: number, max: number, most: number): number[] {
  const within = (value: number) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const decades: number[] = [];
  for (let k = Math.floor(Math.log10(min)); k <= Math.ceil(Math.log10(max)); k++) decades.push(k);
  const all = decades.flatMap((k) => [1, 2, 5].map((m) => Number(`${m}e${k}`))).filter(within);
  if (all.length <= most) return all;
  for (let every = 1; ; every++) {
    const some = decades
      .filter((k) => k % every === 0)
      .map((k) => Number(`1e${k}`))
      .filter(within);
    if (some.length <= Math.max(most, 1)) return some;
  }
}

/** The places of labels on an axis of so many pixels; each label needs `room` pixels. */
export function axisTicks(axis: Axis, pixels: number, room: number): number[] {
  if (axis.ticks) {
    const every = Math.ceil((axis.ticks.length * room) / Math.max(1, pixels));
    return axis.ticks.filter((_, i) => i % every === 0);
  }
  const most = Math.min(8, Math.max(2, Math.floor(pixels / room)));
  const linear = () => linearTicks(axis.min, axis.max, most, axis.leastStep);
  if (axis.scale === 'log') {
    const ticks = logTicks(axis.min, axis.max, most);
    // Less than a decade may have none of 1-2-5.
    return ticks.length > 1 ? ticks : linear();
  }
  const ticks = linear();
  if (!axis.endTick || ticks.at(-1) === axis.max) return ticks;
  const place = project(axis, 0, pixels);
  const isClear = (tick: number) =>
    place(axis.max) - place(tick) >= room * 0.75 && axis.max - tick >= (axis.leastStep ?? 0);
  return [...ticks.filter(isClear), axis.max];
}

/** A place on an axis and what is written there. */
export interface Tick {
  at: number;
  text: string;
}

/** Decimals that tell neighbours apart: 0 for 80, 85; 1 for 85, 85.5. */
export function decimalsOf(ticks: readonly number[]): number {
  const gaps = ticks.slice(1).map((tick, i) => Math.abs(tick - ticks[i]!));
  const least = Math.min(...gaps.filter((gap) => gap > 0));
  return Number.isFinite(least) ? Math.min(20, Math.max(0, Math.ceil(-Math.log10(least) - 1e-9))) : 0;
}

export function labelledTicks(axis: Axis, ticks: readonly number[]): Tick[] {
  const decimals = decimalsOf(ticks);
  return ticks.map((at) => ({ at, text: axis.tick(at, decimals) }));
}

/** The lines behind a logarithmic chart: 1-2-5 even where only decades are labelled. */
export const gridLines = (axis: Axis, labelled: number[]): number[] =>
  axis.scale === 'log' ? [...new Set([...labelled, ...logTicks(axis.min, axis.max, 30)])] : labelled;

/** The next 1-2-5 at or below a positive value. */
export function floor125(value: number): number {
  const power = Math.floor(Math.log10(value));
  return (
    [1, 2, 5].map((m) => Number(`${m}e${power}`)).findLast((step) => step <= value * (1 + 1e-9)) ?? value
  );
}
