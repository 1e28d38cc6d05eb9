import cdf from '@stdlib/stats-base-dists-binomial-cdf';
import { crossedBootstrap, RESAMPLES } from './bootstrap';
import { seedInterval, type PairedDifference } from './statistics';
import type { Information } from './summary';

/** Right (1) and wrong (0) answers of a pair, example by example: [n]. */
export interface PairedAnswers {
  seed: number;
  distilled: Uint8Array;
  scratch: Uint8Array;
}

/**
 * Statistics of the pairs besides the rule’s interval; the verdict does not use them.
 * @param answers of two seeds or more, all on the same examples, n ≥ 2
 */
export function inform(
  answers: readonly PairedAnswers[],
  difference: PairedDifference,
  level: number,
): Information {
  const { mean, perSeed, variation } = difference;
  const { low, high } = seedInterval(mean, variation, level);
  const won = perSeed.filter((d) => d > 0).length;
  const lost = perSeed.filter((d) => d < 0).length;
  const rows = answers.map(({ distilled, scratch }) =>
    Int8Array.from(distilled, (right, i) => right - scratch[i]!),
  );
  return {
    level,
    seedInterval: { low, high },
    bootstrap: { ...crossedBootstrap(rows, level), resamples: RESAMPLES },
    signs: { won, tied: perSeed.length - won - lost, lost, p: signTest(won, lost) },
    mcnemar: answers.map(({ seed }, s) => {
      const [b, c] = [count(rows[s]!, 1), count(rows[s]!, -1)];
      return { seed, b, c, p: signTest(b, c) };
    }),
  };
}

const count = (row: Int8Array, value: number) =>
  row.reduce((total, d) => (d === value ? total + 1 : total), 0);

/**
 * Exact two-sided sign test: the probability of a split of won + lost at least as uneven under a fair coin; ties are
 * left out (Dixon, Mood 1946). 1 where nothing was won or lost. Applied to the test examples that only one of two networks
 * classifies correctly it is McNemar’s exact test (McNemar 1947, “Note on the sampling error of the difference
 * between correlated proportions”).
 */
export const signTest = (won: number, lost: number): number =>
  Math.min(1, 2 * cdf(Math.min(won, lost), won + lost, 0.5));
