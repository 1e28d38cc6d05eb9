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

/** Seconds of opening the test set for one run. */
export const LOOK = 0.05;

/** Rough figures of one core of a common machine with the portable engine: seconds, seconds, multiplications a second. */
export const START = 1.5;
const STEP = 0.6e-3;
const RATE = 1.2e10;

/**
 * Roughly how many seconds a training takes, its process included, where nothing has been planned or measured yet.
 *
 * @param multiplications of one example, forward; a step costs three times as many
 */
export const roughSeconds = (steps: number, batchSize: number, multiplications: number): number =>
  START + steps * (STEP + (3 * batchSize * multiplications) / RATE);

/**
 * Seconds of a plan whose trainings take so long, with so many at once: teachers come first, and while one trains only
 * scratch can go beside it.
 *
 * @param units seconds of each training, or of each group that trains as one
 * @param runs students whose test set is opened at the end
 */
export function planSeconds(
  { teachers, units, runs }: { teachers: readonly number[]; units: readonly number[]; runs: number },
  trainers: number,
): number {
  const longestChain = Math.max(0, ...teachers) + Math.max(0, ...units);
  const all = [...teachers, ...units].reduce((a, b) => a + b, 0);
  return Math.max(longestChain, all / trainers) + LOOK * runs;
}
