import { interval, type Interval, type Variation } from './statistics';

/** More than these do not help: the other number is the limit. */
const MOST_SEEDS = 1000;
const MOST_EXAMPLES = 1_000_000;

/** Whether the rule would reach a verdict with an expected interval. */
type Settled = (interval: Interval) => boolean;

/**
 * The fewest seeds at which a difference of this size would be settled on this test set, the estimated variances staying
 * as they are. Null where no number of seeds is enough, because the test set is too small.
 */
export const seedsToSettle = (mean: number, variation: Variation, level: number, settled: Settled) =>
  fewest(variation.seeds, MOST_SEEDS, (seeds) =>
    settled(interval(mean, expected(variation, seeds, variation.examples), level)),
  );

/**
 * The fewest test examples at which the seeds there are would settle it, the estimated variances staying as they are.
 * Null where no test set is enough, because the seeds themselves differ too much.
 */
export const examplesToSettle = (mean: number, variation: Variation, level: number, settled: Settled) =>
  fewest(variation.examples, MOST_EXAMPLES, (examples) =>
    settled(interval(mean, expected(variation, variation.seeds, examples), level)),
  );

/**
 * Mean squares to expect of another number of seeds and examples, by the components of variance
 * E[MS_seeds] = σ² + n·σ²_seeds, E[MS_examples] = σ² + S·σ²_examples, E[MS_residual] = σ² (Searle, Casella, McCulloch 1992,
 * “Variance Components”, ch. 4); a component estimated below 0 is 0.
 */
function expected(v: Variation, seeds: number, examples: number): Variation {
  const { meanSquareResidual } = v;
  const ofSeeds = Math.max(0, v.meanSquareSeeds - meanSquareResidual) / v.examples;
  const ofExamples = Math.max(0, v.meanSquareExamples - meanSquareResidual) / v.seeds;
  return {
    seeds,
    examples,
    meanSquareSeeds: meanSquareResidual + examples * ofSeeds,
    meanSquareExamples: meanSquareResidual + seeds * ofExamples,
    meanSquareResidual,
  };
}

/** By bisection between `now`, which is not enough, and `most`; null where that is not enough either. */
function fewest(now: number, most: number, enough: (count: number) => boolean): number | null {
  if (!enough(most)) return null;
  let [low, high] = [now, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
