import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { quantile } from '../sampleStatistics';

export const RESAMPLES = 2000;
/** Fixed, so that the same table always gives the same interval. */
const SEED = 1979;

/**
 * Crossed bootstrap of the mean: seeds and test examples are resampled independently with replacement, and the interval
 * lies between percentiles of the means (Owen 2007, “The pigeonhole bootstrap”).
 *
 * @param differences D[s][i] in −1, 0, 1: [S][n], S ≥ 1, n ≥ 1
 * @returns bounds as shares; a function of the table alone
 */
export function crossedBootstrap(
  differences: readonly Int8Array[],
  level: number,
  resamples = RESAMPLES,
): { low: number; high: number } {
  const seeds = differences.length;
  const examples = differences[0]!.length;
  const moving = [...differences[0]!.keys()].filter((i) => differences.some((row) => row[i] !== 0));
  if (moving.length === 0) return { low: 0, high: 0 };
  const rows = differences.map((row) => Int8Array.from(moving, (i) => row[i]!));
  const bits = xoroshiro128plus(SEED);
  const uniform = () => (bits.next() >>> 0) / 2 ** 32;
  const draw = (n: number) => Math.floor(uniform() * n);

  // An example on which no seed differs adds 0 wherever it is drawn: the number of such draws is binomial, and only the rest are drawn.
  const still = binomial(examples, 1 - moving.length / examples);
  const scores = new Int32Array(moving.length);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    scores.fill(0);
    for (let s = 0; s < seeds; s++) {
      const row = rows[draw(seeds)]!;
      for (let i = 0; i < scores.length; i++) scores[i]! += row[i]!;
    }
    let total = 0;
    for (let left = examples - still(uniform()); left > 0; left--) total += scores[draw(scores.length)]!;
    means[resample] = total / (seeds * examples);
  }
  means.sort();
  return { low: quantile(means, (1 - level) / 2), high: quantile(means, (1 + level) / 2) };
}

/** The quantile function of how many of n trials succeed, each with the probability p < 1. */
function binomial(n: number, p: number): (uniform: number) => number {
  const cumulative = new Float64Array(n + 1);
  let log = n * Math.log1p(-p);
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    sum += Math.exp(log);
    cumulative[k] = sum;
    log += Math.log(((n - k) / (k + 1)) * (p / (1 - p)));
  }
  return (uniform) => {
    let [low, high] = [0, n];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > uniform) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
