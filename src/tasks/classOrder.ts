import cdf from '@stdlib/stats-base-dists-binomial-cdf';
import { bestAssignment } from './assignment';
import { predictions, type ClassNumbers, type Logits } from './classification';
import { sum } from '../sampleStatistics';

/** Of a hundred models that only guess, so many at most count as knowing something. */
const LEVEL = 0.01;
/** Of what guessing leaves to be known, a model that knows less than this share is taken for one that guesses. */
const LEAST_KNOWN = 0.1;

/** How right a model’s answers are, and whether they would be far righter with its outputs in another order. */
export interface Answers {
  count: number;
  /** Share of right answers, 0–1. */
  accuracy: number;
  /** The accuracy of answers as frequent as these that have nothing to do with the labels. */
  chance: number;
  /** Whether the answers cannot be told from guesses. */
  isAtChance: boolean;
  /** null where no other order is far better. */
  order: ClassOrder | null;
}

export interface ClassOrder {
  /** Of each output the number of the class that it seems to stand for. */
  classes: number[];
  /** Outputs that seem to stand for another class than their own. */
  moved: number[];
  /** With this order. */
  accuracy: number;
  /** Whether it is not that two classes of many are exchanged: most of what the model knows is in the wrong place. */
  isMost: boolean;
}

/**
 * Measures a model’s answers against the labels.
 *
 * At chance: their number of right ones is what independent answers would reach at the 1 % level (exact binomial test
 * against Σ p(answer c) p(label c)), and Cohen’s κ (1960) is below 0.1. So a constant answer is at chance whatever the
 * share of its class, and a weak model of which much is known is not.
 *
 * Another order: the best assignment of outputs to classes is far better than their own order where the examples that it
 * gains, of those that it changes, are more than a fair coin would give at the 1 % level over all orders that move as
 * many outputs (a union bound on Hoeffding’s, 1963, Theorem 1).
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
  // As many right ones or more, by guessing.
  const tail = cdf(count - right, count, 1 - chance);
  const isAtChance = tail > LEVEL && accuracy - chance < LEAST_KNOWN * (1 - chance);
  return { count, accuracy, chance, isAtChance, order: betterOrder(counts, right, count) };
}

/** How often each output was the answer, [C], to examples of each class, [C]. */
function confusion(answers: ClassNumbers, labels: ClassNumbers, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  answers.forEach((answer, i) => counts[answer]![labels[i]!]!++);
  return counts;
}

function betterOrder(counts: readonly number[][], right: number, count: number): ClassOrder | null {
  // Of equally good orders the one that leaves most outputs where they are.
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

/** Whether so many gained and lost are no accident, although it was looked for among all orders that move so many outputs. */
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
