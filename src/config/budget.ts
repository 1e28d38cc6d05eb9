import type { Training } from './training';

/** Passes over the labelled examples where a file gives neither epochs nor steps. */
const DEFAULT_EPOCHS = 20;

/**
 * The budget in optimizer steps. Epochs are counted on the labelled examples, whatever an arm's transfer set: so every
 * arm of an experiment gets the same steps.
 */
export function plannedSteps(training: Training, labelledCount: number): number {
  if (training.steps !== undefined) return training.steps;
  const stepsPerEpoch = Math.max(1, Math.ceil(labelledCount / training.batchSize));
  return (training.epochs ?? DEFAULT_EPOCHS) * stepsPerEpoch;
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
