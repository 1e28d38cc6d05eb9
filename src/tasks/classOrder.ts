import cdf from '@stdlib/stats-base-dists-binomial-cdf';
import { bestAssignment } from './assignment';
import { predictions, type ClassNumbers, type Logits } from './classification';
import { sum } from '../sampleStatistics';

/** Significance level of both tests. */
const LEVEL = 0.01;
/** A model with a lower Cohen’s κ may be guessing. */
const LEAST_KAPPA = 0.1;

/** The accuracy of a model’s predictions, and whether it would be far higher with its outputs in another order. */
export interface Answers {
  count: number;
  /** 0–1. */
  accuracy: number;
  /** Expected accuracy of predictions that are as frequent as these but independent of the labels. */
  chance: number;
  /** Whether the predictions cannot be distinguished from guessing. */
  isAtChance: boolean;
  /** Null if no other order is far better. */
  order: ClassOrder | null;
}

export interface ClassOrder {
  /** For each output, the number of the class that it seems to predict. */
  classes: number[];
  /** Outputs that seem to predict a class other than their own. */
  moved: number[];
  /** Accuracy with this order. */
  accuracy: number;
  /** Whether more than two outputs are moved and the accuracy more than doubles; false if only two classes are exchanged. */
  isMost: boolean;
}

/**
 * Compares a model’s predictions with the labels.
 *
 * At chance: independent predictions would be right as often at the 1 % level (exact binomial test against
 * Σ p(prediction c) p(label c)), and Cohen’s κ (1960) is below 0.1. So a constant prediction is at chance however frequent
 * its class is, and a weak model that is measured on many examples is not.
 *
 * Another order: the best assignment of outputs to classes is far better than their own order if, of the examples that it
 * changes, it corrects more than a fair coin would, at the 1 % level over all orders that move as many outputs (a union
 * bound on Hoeffding 1963, Theorem 1).
 *
 * @param logits row-major, [N, C], finite
 */
export function measureAnswers(logits: Logits, labels: ClassNumbers, classes: number): Answers {
  const counts = confusion(predictions(logits, classes), labels, classes);
  const count = labels.length;
  const right = sum(counts.map((row, c) => row[c]!));
  const answered = counts.map(sum);
  const labelled = counts.map((_, c) => sum(counts.map((row) => row[c]!)));
  const chance = sum(answered.map((n, c) => (n / count) * (labelled[c]! / count)));
  const accuracy = right / count;
  // The probability that guessing is right as often.
  const tail = cdf(count - right, count, 1 - chance);
  const isAtChance = tail > LEVEL && accuracy - chance < LEAST_KAPPA * (1 - chance);
  return { count, accuracy, chance, isAtChance, order: betterOrder(counts, right, count) };
}

/** Confusion matrix, [predicted class, class]. */
function confusion(answers: ClassNumbers, labels: ClassNumbers, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  answers.forEach((answer, i) => counts[answer]![labels[i]!]!++);
  return counts;
}

function betterOrder(counts: readonly number[][], right: number, count: number): ClassOrder | null {
  // Of equally good orders, the one that moves the fewest outputs.
  const n = counts.length;
  const order = bestAssignment(
    counts.map((row, output) => row.map((k, c) => k * (n + 1) + (c === output ? 1 : 0))),
  );
  const moved = order.flatMap((c, output) => (c === output ? [] : [output]));
  const gained = sum(moved.map((output) => counts[output]![order[output]!]!));
  const lost = sum(moved.map((output) => counts[output]![output]!));
  if (moved.length === 0 || !isFarBetter(gained, lost, moved.length, n)) return null;
  const accuracy = (right + gained - lost) / count;
  const isMost = moved.length > 2 && 2 * right < right + gained - lost;
  return { classes: order, moved, accuracy, isMost };
}

/** Whether the gain is significant, given that the order was chosen among all that move as many outputs. */
function isFarBetter(gained: number, lost: number, moved: number, classes: number): boolean {
  const changed = gained + lost;
  if (gained <= lost) return false;
  const share = gained / changed;
  const divergence = Math.log(2) + xlogx(share) + xlogx(1 - share);
  let orders = 0;
  for (let i = 0; i < moved; i++) orders += Math.log(classes - i);
  return changed * divergence > orders - Math.log(LEVEL);
}

const xlogx = (x: number) => (x === 0 ? 0 : x * Math.log(x));
