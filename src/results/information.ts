import { crossedBootstrap, RESAMPLES } from './bootstrap';
import { signTest } from './signs';
import { seedInterval, type PairedDifference } from './statistics';
import type { Information } from './summary';

/** Right (1) and wrong (0) answers of a pair, example by example: [n]. */
export interface PairedAnswers {
  seed: number;
  distilled: Uint8Array;
  scratch: Uint8Array;
}

/**
 * What else is said of the pairs beside the rule’s interval; no verdict is reached from it.
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
