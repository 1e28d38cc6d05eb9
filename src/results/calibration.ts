import { fitTemperature, scaledBy } from '../tasks/temperatureScaling';
import { reliability, type Reliability } from './classes/reliability';
import type { Predictions, RunInput } from './input';
import type { ArmSummary } from './summary';

/** How well the confidence of an arm matches its accuracy. */
export interface Calibration extends Pick<ArmSummary, 'title' | 'kind'> {
  atOne: Reliability;
  /** After temperature scaling; null while the test set is sealed. */
  scaled: Reliability | null;
}

type SavedPredictions = Pick<RunInput, 'validation' | 'test'>;

/** Null where no run has saved predictions on that part. */
export function calibrationOf(
  { title, kind }: Pick<ArmSummary, 'title' | 'kind'>,
  runs: readonly SavedPredictions[],
  part: 'validation' | 'test',
): Calibration | null {
  const known = runs.flatMap((run) => run[part] ?? []);
  if (known.length === 0) return null;
  const scaled = part === 'test' ? runs.flatMap((run) => scaledTest(run)?.answers ?? []) : [];
  return { title, kind, atOne: reliability(known), scaled: scaled.length > 0 ? reliability(scaled) : null };
}

/** Test predictions of one run, scaled by a temperature that is fitted on its validation examples only. */
export function scaledTest({
  validation,
  test,
}: SavedPredictions): { temperature: number; answers: Predictions } | null {
  if (!validation || !test) return null;
  const temperature = fitTemperature(validation.logits, validation.labels);
  return { temperature, answers: { logits: scaledBy(test.logits, temperature), labels: test.labels } };
}
