import { predictions as predictedClasses } from '../../tasks/classification';
import { softmax } from '../../tasks/softmax';
import type { Predictions } from '../input';

/** A network's prediction for one example: the likeliest class and its probability (0–1, T 1). */
export interface Answer {
  class: number;
  probability: number;
}

/** An example for which scratch and distilled predict different classes. */
export interface Disagreement {
  /** Index within its part of the data. */
  example: number;
  label: number;
  teacher: Answer | null;
  scratch: Answer;
  distilled: Answer;
}

export interface Disagreements {
  /** Of all examples of the part: which of the two is right. */
  counts: { distilledRight: number; scratchRight: number; neither: number };
  /** Most confident first; at most the requested number. */
  shown: Disagreement[];
}

/** Where two students of one seed differ. All predictions are of the same examples. */
export function disagreements(
  distilled: Predictions,
  scratch: Predictions,
  teacher: Predictions | null,
  most: number,
): Disagreements {
  const { labels } = distilled;
  const classes = distilled.logits.length / labels.length;
  const own = predictedClasses(distilled.logits, classes);
  const other = predictedClasses(scratch.logits, classes);
  const differing = Array.from(labels.keys()).filter((row) => own[row] !== other[row]);
  const answer = ({ logits }: Predictions, row: number): Answer => {
    const probabilities = softmax(logits.subarray(row * classes, (row + 1) * classes));
    const best = probabilities.reduce((a, p, index) => (p > probabilities[a]! ? index : a), 0);
    return { class: best, probability: probabilities[best]! };
  };
  const count = (right: (row: number) => boolean) => differing.filter(right).length;
  const distilledRight = count((row) => own[row] === labels[row]);
  const scratchRight = count((row) => other[row] === labels[row]);
  const all = differing.map((row) => ({
    example: row,
    label: labels[row]!,
    teacher: teacher && answer(teacher, row),
    scratch: answer(scratch, row),
    distilled: answer(distilled, row),
  }));
  const sureness = (one: Disagreement) => one.scratch.probability + one.distilled.probability;
  return {
    counts: { distilledRight, scratchRight, neither: differing.length - distilledRight - scratchRight },
    shown: all.sort((a, b) => sureness(b) - sureness(a) || a.example - b.example).slice(0, most),
  };
}
