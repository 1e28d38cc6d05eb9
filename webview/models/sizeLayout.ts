import { type Box, placeLabels, textBox } from '../chart/labels';

/** Half of a point’s box: a label keeps clear of it. */
const POINT = 7;
/** Pixels between the centres of points that are drawn side by side. */
const BESIDE = 14;
/** So far, in all, points of one size may be drawn apart: more would read as other sizes. */
const SPREAD = 56;
/** Pixels between the places of a line that labels keep clear of. */
const DOTTED = 6;
/** Closer than this in x, points would hide each other. */
const CLOSE = 5;
/** Lines of text that a label may stand above or below its point. */
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
  /** Where each name stands; null where it has none, or where none is free. */
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
  const x = sideBySide(
    points.map((point) => point.x),
    bounds,
  );
  const taken = points.flatMap(({ y, sd }, i): Box[] => [
    { left: x[i]! - POINT, right: x[i]! + POINT, top: y - POINT, bottom: y + POINT },
    { left: x[i]! - 1, right: x[i]! + 1, top: y - sd, bottom: y + sd },
  ]);
  const clear = lines.flatMap(([from, to]) =>
    along({ x: x[from]!, y: points[from]!.y }, { x: x[to]!, y: points[to]!.y }),
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
  return { x, names };
}

/** Small boxes along a straight line. */
function along(from: { x: number; y: number }, to: { x: number; y: number }): Box[] {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / DOTTED);
  return Array.from({ length: steps + 1 }, (_, i): Box => {
    const share = steps === 0 ? 0 : i / steps;
    const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
    return { left: x - 1, right: x + 1, top: y - 1, bottom: y + 1 };
  });
}

/** Spreads what is closer than a point is wide, around its middle, and no further than half-way to its neighbours. */
function sideBySide(wanted: readonly number[], { left, right }: Box): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const groups: number[][] = [];
  for (const i of order) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && wanted[i]! - wanted[last]! < CLOSE) groups.at(-1)!.push(i);
    else groups.push([i]);
  }
  const middle = (group: readonly number[]) => group.reduce((sum, i) => sum + wanted[i]!, 0) / group.length;
  const placed = [...wanted];
  groups.forEach((group, g) => {
    if (group.length === 1) return;
    const before = g === 0 ? left : (middle(groups[g - 1]!) + middle(group)) / 2;
    const after = g === groups.length - 1 ? right : (middle(groups[g + 1]!) + middle(group)) / 2;
    const step = Math.min(BESIDE, SPREAD / (group.length - 1), (after - before) / group.length);
    const width = step * (group.length - 1);
    const begin = Math.min(after - step / 2 - width, Math.max(before + step / 2, middle(group) - width / 2));
    group.sort((a, b) => a - b).forEach((i, n) => (placed[i] = begin + n * step));
  });
  return placed;
}
