import { predictions as predictedClasses } from '../../tasks/classification';
import type { Predictions } from '../input';

/** Number of examples, or their mean over seeds, by true and predicted class: key truth · C + predicted. */
export type PairCounts = ReadonlyMap<number, number>;

/** How often each class was taken for which: most pairs of many classes never occur, so only those that do are kept. */
export function pairCounts({ logits, labels }: Predictions): PairCounts {
  const classes = logits.length / labels.length;
  const counts = new Map<number, number>();
  predictedClasses(logits, classes).forEach((predicted, row) => {
    const pair = labels[row]! * classes + predicted;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  });
  return counts;
}

/** Mean counts over seeds. */
export function meanCounts(seeds: readonly PairCounts[]): PairCounts {
  const mean = new Map<number, number>();
  for (const counts of seeds)
    for (const [pair, count] of counts) mean.set(pair, (mean.get(pair) ?? 0) + count / seeds.length);
  return mean;
}

/** The whole matrix, [true, predicted]: for few classes. */
export function confusionMatrix(counts: PairCounts, classes: number): number[][] {
  return Array.from({ length: classes }, (_, truth) =>
    Array.from({ length: classes }, (_, predicted) => counts.get(truth * classes + predicted) ?? 0),
  );
}

/** Mean counts of one pair of classes, and by how much distillation changed it. */
export interface ChangedPair {
  truth: number;
  predicted: number;
  scratch: number;
  distilled: number;
  change: number;
}

/** The pairs whose counts changed most, largest change first; at most so many. */
export function mostChangedPairs(
  distilled: PairCounts,
  scratch: PairCounts,
  classes: number,
  most: number,
): ChangedPair[] {
  return [...new Set([...distilled.keys(), ...scratch.keys()])]
    .map((pair) => {
      const [own, other] = [distilled.get(pair) ?? 0, scratch.get(pair) ?? 0];
      return {
        truth: Math.floor(pair / classes),
        predicted: pair % classes,
        scratch: other,
        distilled: own,
        change: own - other,
      };
    })
    .filter(({ change }) => change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.truth - b.truth || a.predicted - b.predicted)
    .slice(0, most);
}

/** Whether a change is for the better: more right answers, or fewer of a confusion. */
export const helps = (truth: number, predicted: number, change: number): boolean =>
  truth === predicted ? change > 0 : change < 0;
