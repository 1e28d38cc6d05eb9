import type { EarlyStopping } from '../config/training';

/** The best evaluation so far; kept in checkpoints. */
export interface Selection {
  step: number;
  value: number;
  /** Evaluations since then. */
  waited: number;
}

/**
 * What an evaluation changes: without early stopping the newest is selected; with it the best on validation data, the
 * earliest of equals.
 */
export function select(
  rule: EarlyStopping | undefined,
  previous: Selection | null,
  step: number,
  validation: { accuracy: number; loss: number },
): Selection {
  const value =
    rule === undefined ? step : rule.metric === 'accuracy' ? validation.accuracy : -validation.loss;
  if (previous === null || value > previous.value) return { step, value, waited: 0 };
  return { ...previous, waited: previous.waited + 1 };
}

/** Whether training ends before its budget. */
export const hasWaitedEnough = (rule: EarlyStopping | undefined, selection: Selection): boolean =>
  rule?.stopEarly === true && selection.waited >= rule.patience;
