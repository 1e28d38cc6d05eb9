import type { Line } from './extras';

export interface Scale {
  /** From a value to a place on the page, to a tenth of a pixel; far values stay near, so that lines can leave the plot. */
  at: (value: number) => number;
  ticks: number[];
}

/** Round numbers, 1-2-5 times a power of ten, about `wanted` of them. */
export function linearTicks(low: number, high: number, wanted: number): number[] {
  const raw = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((f) => f * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

/** Between two places on the page; `from` may be below or above `to`. */
export function linear(low: number, high: number, from: number, to: number, wanted = 5): Scale {
  const at = (value: number) => {
    const share = Math.min(2, Math.max(-1, (value - low) / (high - low)));
    return Math.round(10 * (from + share * (to - from))) / 10;
  };
  return { at, ticks: linearTicks(low, high, wanted) };
}

/** 1-2-5 within each decade where there are few of them, else the decades. */
export function logarithmic(low: number, high: number, from: number, to: number): Scale {
  const { at } = linear(Math.log10(low), Math.log10(high), from, to);
  const decades = Math.log10(high / low);
  const within = decades > 4 ? [1] : decades > 2 ? [1, 3] : [1, 2, 5];
  const first = Math.floor(Math.log10(low));
  const ticks = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i)
    .flatMap((power) => within.map((factor) => factor * 10 ** power))
    .filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  return { at: (value) => at(value > 0 ? Math.log10(value) : -Infinity), ticks };
}

/** At most about `most` points: the lowest and the highest of each stretch, so that no spike is lost. */
export function thin({ x, y }: Line, most: number): Line {
  if (x.length <= most) return { x, y };
  const stretch = Math.ceil((2 * x.length) / most);
  const kept: number[] = [];
  for (let start = 0; start < x.length; start += stretch) {
    const inside = Array.from({ length: Math.min(stretch, x.length - start) }, (_, i) => start + i);
    const known = inside.filter((i) => y[i] !== null);
    if (known.length < inside.length) kept.push(inside.find((i) => y[i] === null)!);
    if (known.length === 0) continue;
    kept.push(
      known.reduce((a, b) => (y[b]! < y[a]! ? b : a)),
      known.reduce((a, b) => (y[b]! > y[a]! ? b : a)),
    );
  }
  const order = [...new Set(kept)].sort((a, b) => a - b);
  return { x: order.map((i) => x[i]!), y: order.map((i) => y[i]!) };
}

/** Exponential moving average, with bias correction at the start; gaps stay gaps. */
export function smooth({ x, y }: Line, weight: number): Line {
  let [sum, known] = [0, 0];
  return {
    x,
    y: y.map((value) => {
      if (value === null) return null;
      sum = weight * sum + (1 - weight) * value;
      known = weight * known + (1 - weight);
      return sum / known;
    }),
  };
}
