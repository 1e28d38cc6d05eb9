import type { DataFacts } from './facts';
import type { Training } from './training';
import { keptClasses, type TransferClasses } from './transferClasses';

/** Passes over the examples where a file gives neither epochs nor steps. */
const DEFAULT_EPOCHS = 20;

/**
 * The budget in optimizer steps.
 *
 * @param examples of one epoch: all that a teacher is trained on, `epochExamples` of a student
 */
export function plannedSteps(training: Training, examples: number): number {
  if (training.steps !== undefined) return training.steps;
  const stepsPerEpoch = Math.max(1, Math.ceil(examples / training.batchSize));
  return (training.epochs ?? DEFAULT_EPOCHS) * stepsPerEpoch;
}

/**
 * Examples that an epoch of a student counts: those that an arm and its scratch both train on, so that both get the same
 * steps. That is the labelled ones, also for an arm whose transfer set is all; of those the share that the classes of its
 * transfer set have in the data. So it hangs on no seed, which decides which examples have a label.
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

/** Rough figures of one core of a common machine with the portable engine: seconds, seconds, multiplications a second. */
const START = 1.5;
const STEP = 0.6e-3;
const RATE = 1.2e10;

/**
 * Roughly how many seconds a training takes, its process included, where nothing has been planned or measured yet.
 *
 * @param multiplications of one example, forward; a step costs three times as many
 */
export const roughSeconds = (steps: number, batchSize: number, multiplications: number): number =>
  START + steps * (STEP + (3 * batchSize * multiplications) / RATE);
