/** The middle of several, with where they lie. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

/**
 * Of paired repeats: each ratio is of two blocks that were measured right after each other, so that what slows the whole
 * machine for a while slows both.
 */
export const ratioOf = (values: readonly number[], reference: readonly number[]): Spread =>
  spread(values.map((value, i) => value / reference[i]!));
