import { fitTemperature, scaledBy } from '../tasks/temperatureScaling';
import { reliability, type Reliability } from './classes/reliability';
import type { Predictions, RunInput } from './input';
import type { ArmSummary } from './summary';

/** How far the confidence of an arm can be taken at its word. */
export interface Calibration extends Pick<ArmSummary, 'title' | 'kind'> {
  atOne: Reliability;
  /** After temperature scaling; null while the test set is sealed. */
  scaled: Reliability | null;
}

type Answers = Pick<RunInput, 'validation' | 'test'>;

/** Null where no run has kept its answers on that part. */
export function calibrationOf(
  { title, kind }: Pick<ArmSummary, 'title' | 'kind'>,
  runs: readonly Answers[],
  part: 'validation' | 'test',
): Calibration | null {
  const known = runs.flatMap((run) => run[part] ?? []);
  if (known.length === 0) return null;
  const scaled = part === 'test' ? runs.flatMap((run) => scaledTest(run)?.answers ?? []) : [];
  return { title, kind, atOne: reliability(known), scaled: scaled.length > 0 ? reliability(scaled) : null };
}

/** Test answers of one run, calibrated by one temperature, which its validation examples give: the test set decides nothing. */
export function scaledTest({
  validation,
  test,
}: Answers): { temperature: number; answers: Predictions } | null {
  if (!validation || !test) return null;
  const temperature = fitTemperature(validation.logits, validation.labels);
  return { temperature, answers: { logits: scaledBy(test.logits, temperature), labels: test.labels } };
}
