/** Test examples that a verdict needs (docs/statistics.md). */
export const EXAMPLES_FOR_VERDICT = 50;
/** Default fractions. */
const TRAIN = 0.6;
const VALIDATION = 0.15;
const TEST = 0.25;
/** The smallest number of training examples. */
const FEWEST_TRAINING = 20;

export interface WrittenSplit {
  train?: number;
  validation: number;
  test: number;
  seed: number;
}

/** The number of examples that a verdict needs in total: for test, validation and training. */
export function fewestExamples(classes: number): number {
  let count = EXAMPLES_FOR_VERDICT;
  while (splitFor(count, classes) === null) count++;
  return count;
}

/** The default fractions, or as many test examples as a verdict needs if these would be too few. Null if there are too few examples. */
export function splitFor(count: number, classes: number): WrittenSplit | null {
  if (Math.round(TEST * count) >= EXAMPLES_FOR_VERDICT)
    return { train: TRAIN, validation: VALIDATION, test: TEST, seed: 0 };
  const training = count - Math.round(VALIDATION * count) - EXAMPLES_FOR_VERDICT;
  if (training < Math.max(FEWEST_TRAINING, 2 * classes)) return null;
  return { validation: VALIDATION, test: EXAMPLES_FOR_VERDICT, seed: 0 };
}

/** A message if no split of so few examples can give a verdict; null if one can. */
export function tooFewExamples(count: number, classes: number): string | null {
  if (splitFor(count, classes) !== null) return null;
  return `${count === 1 ? '1 example is' : `${count} examples are`} too few for a verdict, which needs ${EXAMPLES_FOR_VERDICT} test examples in addition to those for training and validation. Provide at least ${fewestExamples(classes)} examples.`;
}
