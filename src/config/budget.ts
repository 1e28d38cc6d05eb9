import type { DataFacts } from './facts';
import type { Training } from './training';
import { keptClasses, type TransferClasses } from './transferClasses';

/** Number of epochs if a file gives neither epochs nor steps. */
const DEFAULT_EPOCHS = 20;

/**
 * The budget in optimizer steps.
 *
 * @param examples in one epoch: for a teacher all that it is trained on, for a student `epochExamples`
 */
export function plannedSteps(training: Training, examples: number): number {
  if (training.steps !== undefined) return training.steps;
  const stepsPerEpoch = Math.max(1, Math.ceil(examples / training.batchSize));
  return (training.epochs ?? DEFAULT_EPOCHS) * stepsPerEpoch;
}

/**
 * Number of examples in an epoch of a student: those that both an arm and its scratch are trained on, so that both get the
 * same number of steps. These are the labelled examples, even if the transfer set is all, times the share that the classes
 * of the transfer set have in the data. So the number does not depend on the seed, which decides which examples are labelled.
 */
export function epochExamples(
  { classes, perClass, counts }: Pick<DataFacts, 'classes' | 'perClass' | 'counts'>,
  transferClasses: TransferClasses = {},
): number {
  const kept = keptClasses(transferClasses, classes);
  const examples = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + (perClass[classes.indexOf(name)] ?? 0), 0);
  return Math.round((counts.labelled * examples(kept)) / examples(classes));
}

/** Estimates for one core and the portable engine: seconds to start, seconds per step, multiplications per second. */
const START = 1.5;
const STEP = 0.6e-3;
const RATE = 1.2e10;

/**
 * A rough estimate of the seconds that a training takes, including its process, for use before anything is measured.
 *
 * @param multiplications of one example, forward; a step costs three times as many
 */
export const roughSeconds = (steps: number, batchSize: number, multiplications: number): number =>
  START + steps * (STEP + (3 * batchSize * multiplications) / RATE);
