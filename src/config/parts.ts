/** Test examples that a verdict needs (docs/statistics.md). */
export const EXAMPLES_FOR_VERDICT = 50;
/** Shares where a config says nothing. */
const TRAIN = 0.6;
const VALIDATION = 0.15;
const TEST = 0.25;
/** With fewer training examples there is nothing to learn from. */
const FEWEST_TRAINING = 20;

export interface WrittenSplit {
  train?: number;
  validation: number;
  test: number;
  seed: number;
}

/** Examples that a verdict needs in all: for the test, for selection, and a few to train on. */
export function fewestExamples(classes: number): number {
  let count = EXAMPLES_FOR_VERDICT;
  while (splitFor(count, classes) === null) count++;
  return count;
}

/** The usual shares; where they leave too few test examples, as many as a verdict needs. Null where the data are too few. */
export function splitFor(count: number, classes: number): WrittenSplit | null {
  if (Math.round(TEST * count) >= EXAMPLES_FOR_VERDICT)
    return { train: TRAIN, validation: VALIDATION, test: TEST, seed: 0 };
  const training = count - Math.round(VALIDATION * count) - EXAMPLES_FOR_VERDICT;
  if (training < Math.max(FEWEST_TRAINING, 2 * classes)) return null;
  return { validation: VALIDATION, test: EXAMPLES_FOR_VERDICT, seed: 0 };
}

/** Why no split of so few examples can give a verdict, and what would do; null where one can. */
export function tooFewExamples(count: number, classes: number): string | null {
  if (splitFor(count, classes) !== null) return null;
  return `${count === 1 ? '1 example is' : `${count} examples are`} too few for a verdict, which needs ${EXAMPLES_FOR_VERDICT} for the test alone, beside those for training and validation. Give at least ${fewestExamples(classes)}.`;
}
