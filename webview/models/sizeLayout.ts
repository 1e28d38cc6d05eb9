import { type Box, boxesAlong, placeLabels, textBox } from '../chart/labels';

/** Half of a point’s box: a label keeps clear of it. */
const POINT = 7;
/** Pixels between the centres of points that are drawn side by side. */
const BESIDE = 14;
/** So far, in all, points of one size may be drawn apart: more would read as other sizes. */
const SPREAD = 56;
/** Closer than this in x, points would hide each other. */
const CLOSE = 5;
/** More points of one size than these are a swarm: each as near to its size as the others leave room. */
export const FEW = 6;
/** Pixels between the centres of points of a swarm. */
const APART = 10.5;
/** Lines of text that a label may be placed above or below its point. */
const LINES = [0, 1, -1, 2, -2, 3, -3];
const LINE = 13;

export interface PlacedPoint {
  x: number;
  y: number;
  /** Of the bar of its standard deviation, half. */
  sd: number;
  /** Pixels of its name; null where it goes without one. */
  name: number | null;
}

export interface Placing {
  x: number[];
  /** Whether a point is in a swarm, where the bars and lines of all points would overlap. */
  crowded: boolean[];
  /** The place of each name; null if it has no name, or no place is free. */
  names: ({ x: number; y: number; align: 'left' | 'right' } | null)[];
}

/**
 * Points of one size stand side by side around it, and names where they cover neither points nor lines nor each other.
 *
 * @param lines pairs of points, by index, that a line joins
 */
export function placePoints(
  points: readonly PlacedPoint[],
  lines: readonly (readonly [number, number])[],
  bounds: Box,
): Placing {
  const { x, crowded } = spreadOut(points, bounds);
  const taken = points.flatMap(({ y, sd }, i): Box[] => [
    { left: x[i]! - POINT, right: x[i]! + POINT, top: y - POINT, bottom: y + POINT },
    { left: x[i]! - 1, right: x[i]! + 1, top: y - sd, bottom: y + sd },
  ]);
  const clear = lines.flatMap(([from, to]) =>
    boxesAlong({ x: x[from]!, y: points[from]!.y }, { x: x[to]!, y: points[to]!.y }),
  );
  const named = points.flatMap(({ name }, i) => (name === null ? [] : [{ i, width: name }]));
  const choices = named.map(({ i, width }) => {
    const point = { x: x[i]!, y: points[i]!.y };
    const sides =
      point.x > (bounds.left + bounds.right) / 2
        ? (['right', 'left'] as const)
        : (['left', 'right'] as const);
    return LINES.flatMap((line) =>
      sides.map((align) => {
        const at = {
          x: point.x + (align === 'left' ? POINT + 2 : -POINT - 2),
          y: point.y + line * LINE,
          align,
        };
        return { at, box: textBox(at.x, at.y, width, align, LINE) };
      }),
    );
  });
  const places = placeLabels(
    choices.map((labels) => labels.map(({ box }) => box)),
    [...taken, ...clear],
    bounds,
  );
  const names = points.map((): Placing['names'][number] => null);
  named.forEach(({ i }, n) => {
    const at = places[n] ?? null;
    if (at !== null) names[i] = choices[n]![at]!.at;
  });
  return { x, crowded, names };
}

/** Spreads what is closer than a point is wide around its middle, and no further than half-way to its neighbours. */
function spreadOut(points: readonly PlacedPoint[], { left, right }: Box): Pick<Placing, 'x' | 'crowded'> {
  const wanted = points.map((point) => point.x);
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const groups: number[][] = [];
  for (const i of order) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && wanted[i]! - wanted[last]! < CLOSE) groups.at(-1)!.push(i);
    else groups.push([i]);
  }
  const middle = (group: readonly number[]) => group.reduce((sum, i) => sum + wanted[i]!, 0) / group.length;
  const x = [...wanted];
  const crowded = points.map(() => false);
  groups.forEach((group, g) => {
    if (group.length === 1) return;
    const before = g === 0 ? left : (middle(groups[g - 1]!) + middle(group)) / 2;
    const after = g === groups.length - 1 ? right : (middle(groups[g + 1]!) + middle(group)) / 2;
    const isSwarm = group.length > FEW;
    const members = group.toSorted((a, b) => a - b);
    const offsets = isSwarm ? swarm(members.map((i) => points[i]!.y)) : sideBySide(members.length);
    const [low, high] = [Math.min(...offsets), Math.max(...offsets)];
    const squeeze = Math.min(1, (after - before) / (high - low + APART));
    const at = Math.min(
      after - (high + APART / 2) * squeeze,
      Math.max(before - (low - APART / 2) * squeeze, middle(group)),
    );
    members.forEach((i, n) => {
      x[i] = at + offsets[n]! * squeeze;
      crowded[i] = isSwarm;
    });
  });
  return { x, crowded };
}

/** Offsets of points in their order, around 0. */
function sideBySide(points: number): number[] {
  const step = Math.min(BESIDE, SPREAD / (points - 1));
  return Array.from({ length: points }, (_, i) => (i - (points - 1) / 2) * step);
}

/** Offsets of points at these heights: 0 where nothing is in the way, else the least, to the right or left. */
function swarm(heights: readonly number[]): number[] {
  const offsets = new Array<number>(heights.length).fill(0);
  const placed: number[] = [];
  const byHeight = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]! || a - b);
  for (const i of byHeight) {
    const near = placed.filter((other) => Math.abs(heights[other]! - heights[i]!) < APART);
    const isFree = (offset: number) =>
      near.every((o) => Math.hypot(offsets[o]! - offset, heights[o]! - heights[i]!) >= APART - 1e-9);
    // Just clear of one of those in the way, at its right or left.
    const beside = near.flatMap((o) => {
      const reach = Math.sqrt(APART ** 2 - (heights[o]! - heights[i]!) ** 2);
      return [offsets[o]! + reach, offsets[o]! - reach];
    });
    offsets[i] = [0, ...beside.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a)].find(isFree) ?? 0;
    placed.push(i);
  }
  return offsets;
}
