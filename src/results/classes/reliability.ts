import { confidences, correct, expectedCalibrationError } from '../../tasks/classification';
import type { Predictions } from '../input';
import { spread } from '../../sampleStatistics';
import type { Spread } from '../summary';

/** Bins of confidence, as many as the calibration error has (Guo et al. 2017, “On Calibration of Modern Neural Networks”, §2). */
export const BINS = 15;

export interface Reliability {
  /** Bins that hold examples, by confidence; the examples of all seeds together. */
  bins: { confidence: number; accuracy: number; count: number }[];
  /** Of each seed, then their mean: what the table of results says. */
  ece: Spread | null;
}

/** Accuracy against confidence at T 1 in bins of equal width (Guo et al. 2017, fig. 1). */
export function reliability(seeds: readonly Predictions[]): Reliability {
  const sums = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0, count: 0 }));
  for (const { logits, labels } of seeds) {
    const right = correct(logits, labels);
    confidences(logits, logits.length / labels.length).forEach((confidence, row) => {
      const bin = sums[Math.max(0, Math.min(BINS, Math.ceil(confidence * BINS)) - 1)]!;
      bin.confidence += confidence;
      bin.right += right[row]!;
      bin.count += 1;
    });
  }
  return {
    bins: sums
      .filter(({ count }) => count > 0)
      .map(({ confidence, right, count }) => ({
        confidence: confidence / count,
        accuracy: right / count,
        count,
      })),
    ece: spread(seeds.map(({ logits, labels }) => expectedCalibrationError(logits, labels, BINS))),
  };
}
