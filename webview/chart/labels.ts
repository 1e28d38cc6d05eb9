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

/** The box of a line of text whose middle stands at a height. */
export function textBox(
  x: number,
  y: number,
  width: number,
  align: 'left' | 'right' | 'center',
  height = 13,
): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
}
