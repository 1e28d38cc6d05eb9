export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** NaN for no values. */
export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

/** Of two middle values their mean; null for no values. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * Linear interpolation between neighbours (Hyndman, Fan 1996, type 7).
 *
 * @param sorted ascending, at least one value
 * @param share 0–1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}

/** Mean and sample standard deviation (0 for one value); null for none. */
export function spread(values: readonly number[]): { mean: number; sd: number; n: number } | null {
  if (values.length === 0) return null;
  const center = mean(values);
  const squares = values.reduce((total, v) => total + (v - center) ** 2, 0);
  return {
    mean: center,
    sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    n: values.length,
  };
}
