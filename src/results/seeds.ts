import {
  accuracy,
  agreement,
  brier,
  crossEntropy,
  expectedCalibrationError,
  klBetween,
} from '../tasks/classification';
import type { ArmInput, Predictions, RunInput } from './input';
import type { SeedResult } from './summary';

/** The results of one run: known accuracies, and the other measures on `part` once it is finished. */
export function seedResult(run: RunInput, teacher: ArmInput | null, part: 'validation' | 'test'): SeedResult {
  const { seed, folder, status, validation, test, steps } = run;
  const own = status === 'finished' ? run[part] : null;
  const taught = own && teacherOf(run, teacher)?.[part];
  const beside = (measure: typeof agreement) =>
    own && taught ? measure(own.logits, taught.logits, own.logits.length / own.labels.length) : null;
  const alone = (measure: typeof crossEntropy) => own && measure(own.logits, own.labels);
  return {
    seed,
    folder,
    status,
    validation: validation && accuracyOf(validation),
    test: test && accuracyOf(test),
    steps,
    agreement: beside(agreement),
    klToTeacher: beside((student, of, classes) => klBetween(of, student, classes)),
    nll: alone(crossEntropy),
    brier: alone(brier),
    ece: alone((logits, labels) => expectedCalibrationError(logits, labels)),
  };
}

/** The teacher of a seed: its own where one was trained for each, else the only one. */
const teacherOf = ({ seed }: RunInput, teacher: ArmInput | null): RunInput | undefined =>
  teacher?.runs.find((run) => run.seed === seed) ?? teacher?.runs[0];

const accuracyOf = ({ logits, labels }: Predictions) => accuracy(logits, labels);
