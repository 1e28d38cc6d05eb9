import type { Predictions } from '../input';

/** Tenths: the grid on which biases are tried is 0.1 apart, and ends at ±100, beyond which no student’s logits differ. */
const PER_UNIT = 10;
const MOST = 100 * PER_UNIT;

/**
 * The classes whose logits get one bias together: those that were left out of the transfer set, or, where more were left
 * out than were kept, those that were kept (whose bias is then negative). The answers are the same either way.
 */
export function biasedClasses(missing: readonly number[], classes: number): number[] {
  const out = new Set(missing);
  const kept = Array.from({ length: classes }, (_, index) => index).filter((index) => !out.has(index));
  return missing.length <= kept.length ? [...missing] : kept;
}

/** Right answers of one run by the bias that was added to some classes’ logits. */
export interface BiasCurve {
  /** Multiples of 0.1, ascending, 0 among them; beyond both ends nothing changes any more. */
  biases: number[];
  /** Right answers among all examples, and among those of the classes in question. */
  right: number[];
  rightOfThese: number[];
  examples: number;
  examplesOfThese: number;
}

/**
 * What a common bias on the logits of `biased` does to a run’s answers, for each bias of the grid.
 * @param of the classes whose own examples are counted apart
 */
export function biasCurve(
  predictions: Predictions,
  biased: readonly number[],
  of: readonly number[],
): BiasCurve {
  const turns = turningPoints(predictions, biased);
  const finite = turns.map(({ at }) => at).filter(Number.isFinite);
  const first = Math.max(-MOST, Math.min(0, ...finite.map((at) => Math.floor(at * PER_UNIT) - 1)));
  const last = Math.min(MOST, Math.max(0, ...finite.map((at) => Math.ceil(at * PER_UNIT) + 1)));
  const biases = Array.from({ length: last - first + 1 }, (_, i) => (first + i) / PER_UNIT);
  const these = new Set(of);
  const ofThese = turns.filter(({ label }) => these.has(label));
  return {
    biases,
    right: rightBy(biases, turns),
    rightOfThese: rightBy(biases, ofThese),
    examples: turns.length,
    examplesOfThese: ofThese.length,
  };
}

/**
 * The bias with the most right answers; of several the median (Hinton, Vinyals & Dean 2015, §3, choose it on test; here it
 * is fitted wherever `curve` comes from).
 */
export function fitBias({ biases, right }: BiasCurve): number {
  const most = right.reduce((a, b) => Math.max(a, b));
  const ties = biases.filter((_, i) => right[i] === most);
  return ties[(ties.length - 1) >> 1]!;
}

/** An example answers by its best other class below `at`, by its best biased class above. */
interface Turn {
  label: number;
  at: number;
  other: number;
  biased: number;
}

function turningPoints({ logits, labels }: Predictions, biased: readonly number[]): Turn[] {
  const classes = logits.length / labels.length;
  const isBiased = Array.from({ length: classes }, (_, index) => biased.includes(index));
  return Array.from(labels, (label, row) => {
    const best = (wanted: boolean) => {
      let found = -1;
      for (let index = 0; index < classes; index++)
        if (isBiased[index] === wanted && (found < 0 || score(index) > score(found))) found = index;
      return found;
    };
    const score = (index: number) => logits[row * classes + index]!;
    const [own, other] = [best(true), best(false)];
    const at = own < 0 ? Infinity : other < 0 ? -Infinity : score(other) - score(own);
    return { label, at, other, biased: own };
  });
}

/** Right answers at each bias. Where both classes score the same, the first of them is the answer, as everywhere. */
function rightBy(biases: readonly number[], turns: readonly Turn[]): number[] {
  const changes = new Array<number>(biases.length + 1).fill(0);
  for (const { label, at, other, biased } of turns) {
    const wins = (bias: number) => bias > at || (bias === at && biased < other);
    const turned = firstIndex(biases, wins);
    if (other === label) {
      changes[0]! += 1;
      changes[turned]! -= 1;
    }
    if (biased === label) changes[turned]! += 1;
  }
  let right = 0;
  return biases.map((_, i) => (right += changes[i]!));
}

/** The first of ascending values that passes; their number where none does. */
function firstIndex(values: readonly number[], passes: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(values[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
