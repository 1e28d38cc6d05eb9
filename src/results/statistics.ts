import cdf from '@stdlib/stats-base-dists-t-cdf';
import quantile from '@stdlib/stats-base-dists-t-quantile';
import { sum } from '../sampleStatistics';

/** What a two-way table of S seeds × n examples says of the mean: mean squares of analysis of variance. */
export interface Variation {
  seeds: number;
  examples: number;
  meanSquareSeeds: number;
  meanSquareExamples: number;
  meanSquareResidual: number;
}

export interface Interval {
  low: number;
  high: number;
  level: number;
  degreesOfFreedom: number;
}

export interface PairedDifference {
  /** Mean difference as a share. */
  mean: number;
  /** Of each seed, in the order given. */
  perSeed: number[];
  variation: Variation;
}

/**
 * D[s][i] = right(distilled, s, i) − right(scratch, s, i), which is −1, 0 or 1.
 * @param distilled one row of 0/1 a seed, [S][n], S ≥ 2, n ≥ 2
 * @param scratch the same seeds and examples
 */
export function pairedDifference(distilled: Uint8Array[], scratch: Uint8Array[]): PairedDifference {
  const seeds = distilled.length;
  const examples = distilled[0]!.length;
  const bySeed = new Float64Array(seeds);
  const byExample = new Float64Array(examples);
  let squares = 0;
  distilled.forEach((row, s) =>
    row.forEach((right, i) => {
      const d = right - scratch[s]![i]!;
      bySeed[s]! += d;
      byExample[i]! += d;
      squares += d * d;
    }),
  );
  const total = sum(bySeed);
  const correction = (total * total) / (seeds * examples);
  const seedSquares = sumOfSquares(bySeed) / examples - correction;
  const exampleSquares = sumOfSquares(byExample) / seeds - correction;
  const residualSquares = squares - correction - seedSquares - exampleSquares;
  // The inputs are integers: rounding leaves far less than one part in 1e12 of the total in place of a zero.
  const positive = (value: number) => (value > 1e-12 * squares ? value : 0);
  return {
    mean: total / (seeds * examples),
    perSeed: Array.from(bySeed, (d) => d / examples),
    variation: {
      seeds,
      examples,
      meanSquareSeeds: positive(seedSquares) / (seeds - 1),
      meanSquareExamples: positive(exampleSquares) / (examples - 1),
      meanSquareResidual: positive(residualSquares) / ((seeds - 1) * (examples - 1)),
    },
  };
}

/**
 * Standard error of the mean over seeds and test examples, both drawn at random, with Satterthwaite's degrees of
 * freedom: variance = max(MS_seeds + MS_examples − MS_residual, MS_seeds) / (S·n).
 *
 * Where MS_seeds is 0 (every seed moves the accuracy by exactly the same amount) MS_residual replaces it, so that
 * equal small counts do not count as certainty. The error is 0 only where all differences are equal.
 */
export function standardError(v: Variation): { error: number; degreesOfFreedom: number } {
  const { meanSquareExamples: b, meanSquareResidual: c } = v;
  const a = v.meanSquareSeeds || c;
  const [dfA, dfB, dfC] = [v.seeds - 1, v.examples - 1, (v.seeds - 1) * (v.examples - 1)];
  const cells = v.seeds * v.examples;
  const both = a + b - c;
  if (both > a) {
    const degreesOfFreedom = both ** 2 / (a ** 2 / dfA + b ** 2 / dfB + c ** 2 / dfC);
    return { error: Math.sqrt(both / cells), degreesOfFreedom };
  }
  return { error: Math.sqrt(a / cells), degreesOfFreedom: dfA };
}

/** t interval of the mean at `level` (e.g. 0.95), within the −1 to 1 that a difference of shares can be. */
export function interval(mean: number, variation: Variation, level: number): Interval {
  const { error, degreesOfFreedom } = standardError(variation);
  return around(mean, error, level, degreesOfFreedom);
}

/**
 * t interval over the seeds alone, as if the test examples were all there are: mean ± t · √(MS_seeds / (S·n)), S − 1
 * degrees of freedom. Too narrow where results depend on the test set.
 */
export function seedInterval(
  mean: number,
  { seeds, examples, meanSquareSeeds }: Variation,
  level: number,
): Interval {
  return around(mean, Math.sqrt(meanSquareSeeds / (seeds * examples)), level, seeds - 1);
}

function around(mean: number, error: number, level: number, degreesOfFreedom: number): Interval {
  const half = error === 0 ? 0 : quantile((1 + level) / 2, degreesOfFreedom) * error;
  return { low: Math.max(-1, mean - half), high: Math.min(1, mean + half), level, degreesOfFreedom };
}

/** Two-sided p of the same t against a mean of 0; with an error of 0 it is 1 for a mean of 0, else 0. */
export function pValue(mean: number, variation: Variation): number {
  const { error, degreesOfFreedom } = standardError(variation);
  if (error === 0) return mean === 0 ? 1 : 0;
  return 2 * cdf(-Math.abs(mean) / error, degreesOfFreedom);
}

/** Holm's step-down correction: adjusted p values, in the order given. */
export function holm(p: number[]): number[] {
  const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!);
  const adjusted = new Array<number>(p.length);
  let floor = 0;
  order.forEach((index, rank) => {
    floor = Math.max(floor, Math.min(1, (p.length - rank) * p[index]!));
    adjusted[index] = floor;
  });
  return adjusted;
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((total, v) => total + v * v, 0);
}
