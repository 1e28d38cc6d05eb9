/** A rectangle of a drawing, in pixels. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = (box: Box, bounds: Box): boolean =>
  box.left >= bounds.left &&
  box.right <= bounds.right &&
  box.top >= bounds.top &&
  box.bottom <= bounds.bottom;

/**
 * Puts labels where they cover neither each other nor what is taken: each at the first of its places that is free.
 * The labels that come first choose first.
 *
 * @param places for each label the boxes that it may have, the best first
 * @param taken what no label may cover
 * @returns for each label which of its places it got; null where none is free, so that it is left out
 */
export function placeLabels(
  places: readonly (readonly Box[])[],
  taken: readonly Box[],
  bounds: Box,
): (number | null)[] {
  const used = [...taken];
  return places.map((candidates) => {
    const found = candidates.findIndex(
      (box) => inside(box, bounds) && !used.some((other) => overlap(box, other)),
    );
    if (found < 0) return null;
    used.push(candidates[found]!);
    return found;
  });
}

/** Pixels between the boxes of a line that labels keep clear of. */
const DOTTED = 6;
/** Pixels of a line of text. */
const LINE = 13;

/** Small boxes along a line through points. */
export function boxesAlong(...points: readonly { x: number; y: number }[]): Box[] {
  return points.slice(1).flatMap((to, i) => {
    const from = points[i]!;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / DOTTED));
    return Array.from({ length: steps + 1 }, (_, step): Box => {
      const x = from.x + ((to.x - from.x) * step) / steps;
      const y = from.y + ((to.y - from.y) * step) / steps;
      return { left: x - 1, right: x + 1, top: y - 1, bottom: y + 1 };
    });
  });
}

/** Places for the middle of a text of this width within the bounds, the nearest to a point first. */
export function middlesNear(
  point: { x: number; y: number },
  width: number,
  { left, right, top, bottom }: Box,
): { x: number; y: number }[] {
  const steps = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.floor((to - from) / LINE) + 1) }, (_, i) => from + i * LINE);
  const distance = ({ x, y }: { x: number; y: number }) =>
    Math.hypot(Math.max(0, Math.abs(x - point.x) - width / 2), y - point.y);
  return steps(left + width / 2, right - width / 2)
    .flatMap((x) => steps(top + LINE / 2, bottom - LINE / 2).map((y) => ({ x, y })))
    .sort((a, b) => distance(a) - distance(b));
}

/** The box of a line of text whose middle stands at a height. */
export function textBox(
  x: number,
  y: number,
  width: number,
  align: 'left' | 'right' | 'center',
  height = LINE,
): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
}
