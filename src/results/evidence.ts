import type { Interval, Variation } from './statistics';
import type { VerdictToken } from './summary';

/** Fewer paired seeds do not allow an estimate of the variance. */
export const FEWEST_SEEDS = 4;

/**
 * Of fewer test examples the interval cannot be trusted: where errors are few it contains the true gain in 72 % of cases at 20
 * examples, 95 % at 50 (docs/statistics.md).
 */
export const FEWEST_EXAMPLES = 50;

export const isEnough = ({ seeds, examples }: { seeds: number; examples: number }): boolean =>
  seeds >= FEWEST_SEEDS && examples >= FEWEST_EXAMPLES;

/** 95 % at the first opening of the test set; 99 % from the second on, since more than one look was taken. */
export const levelOf = (look: number): number => (look > 1 ? 0.99 : 0.95);

/** What a verdict is reached from: one distilled arm and its scratch. Differences are shares (0–1). */
export interface Evidence {
  /** Whether there are test predictions that no look lists. */
  unlisted: boolean;
  /** Whether every run is trained and the test set is being read for them. */
  opening: boolean;
  /** Runs of the file that were looked at and are gone, of all arms. */
  deleted: number;
  /** Runs of the two arms that were looked at, are gone and are not asked for by the file. */
  lostRuns: number;
  /** Every planned run is finished and the test set was opened for them. */
  complete: boolean;
  hasScratch: boolean;
  /** The step after which successive halving ended the arm; null where it trains to its end. */
  ended: number | null;
  /** Steps of both, where they differ. */
  unequalSteps: { scratch: number; distilled: number } | null;
  plannedSeeds: number;
  pairedSeeds: number;
  /** Runs of the two arms that ended without a result. */
  failedRuns: number;
  /** Of paired seeds, on test when complete, else on validation. */
  mean: number | null;
  /** Null where there are fewer than two pairs of test predictions. */
  variation: Variation | null;
  /** Examples of the part that `mean` is of. */
  examples: number;
  /** The smallest gain worth having, in percentage points. */
  minGain: number;
  /** How often the test set was opened for this arm, the opening shown included. */
  look: number;
  /** p corrected for the other arms; null for the primary arm, which is not corrected. */
  pHolm: number | null;
  /** Null where the arm uses no teacher, or nothing is known of it. Accuracies are shares, on the part that `mean` is of. */
  teacher: { failed: boolean; accuracy: number | null; chance: number } | null;
  scratchAccuracy: number | null;
  /** Validation accuracy or loss was still improving when training ended. */
  improving: boolean;
  /** False for controls without a teacher, such as label smoothing. */
  taught: boolean;
  /** Of the softened targets; null where the method has none. */
  temperature: number | null;
  /** Labels that the teacher learned from and scratch did not. */
  otherLabels: number;
  secondsLeft: number | null;
}

export interface Verdict {
  /** Null where there is none, or none yet. */
  verdict: VerdictToken | null;
  sentence: string;
  interval: Interval | null;
  /** In all, not more; null where no number would do, or nothing is left to settle. */
  seedsToSettle: number | null;
  examplesToSettle: number | null;
}
