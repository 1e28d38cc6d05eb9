import {
  accuracy,
  agreement,
  brier,
  correct,
  crossEntropy,
  expectedCalibrationError,
  klBetween,
} from '../tasks/classification';
import { fitTemperature, scaledBy } from '../tasks/temperatureScaling';
import { biasSummary } from './classes/biasSummary';
import type { ArmInput, Predictions, RunInput } from './input';
import { spread } from './statistics';
import type { ArmSummary, Spread } from './summary';

type Part = 'validation' | 'test';

/** The numbers of one arm over its seeds, of what is finished. */
export function summarizeArm(
  arm: ArmInput,
  kind: ArmSummary['kind'],
  teacher: ArmInput | null,
  part: Part,
): ArmSummary {
  const known = (of: Part) => finishedRuns(arm).flatMap((run) => run[of] ?? []);
  const errors = known('test').map(({ logits, labels }) => labels.length - count(correct(logits, labels)));
  const first = <Key extends keyof RunInput>(key: Key) =>
    arm.runs.map((run) => run[key]).find((v) => v !== null);
  const times = arm.runs.flatMap((run) => run.trainingSeconds ?? []);
  const bias = biasSummary(arm, finishedRuns(arm), part);
  return {
    slug: arm.slug,
    title: arm.title,
    kind,
    role: arm.role,
    cell: arm.cell,
    ended: arm.ended,
    transferSet: arm.transferSet,
    ...(bias && { bias }),
    seeds: arm.runs.map(({ seed, folder, status, steps, validation, test }) => ({
      seed,
      folder,
      status,
      validation: validation && accuracyOf(validation),
      test: test && accuracyOf(test),
      steps,
    })),
    validation: spread(known('validation').map(accuracyOf)),
    test: spread(known('test').map(accuracyOf)),
    testErrors: spread(errors)?.mean ?? null,
    agreement: kind === 'teacher' ? null : besideTeacher(agreement, teacher, arm, part),
    klToTeacher: kind === 'teacher' ? null : besideTeacher(klFromTeacher, teacher, arm, part),
    nll: spread(known(part).map(({ logits, labels }) => crossEntropy(logits, labels))),
    brier: spread(known(part).map(({ logits, labels }) => brier(logits, labels))),
    ece: spread(known(part).map(({ logits, labels }) => expectedCalibrationError(logits, labels))),
    scaled: part === 'test' ? scaled(arm) : null,
    parameters: first('parameters') ?? null,
    bytes: first('bytes') ?? null,
    latencyMicroseconds: median(arm.runs.flatMap((run) => run.latencyMicroseconds ?? [])),
    trainingSeconds: spread(times)?.mean ?? null,
  };
}

export const finishedRuns = (arm: ArmInput): RunInput[] =>
  arm.runs.filter((run) => run.status === 'finished');

const klFromTeacher: typeof agreement = (student, teacher, classes) => klBetween(teacher, student, classes);

/** The teacher of a seed: its own where one was trained for each, else the only one. */
function besideTeacher(
  measure: typeof agreement,
  teacher: ArmInput | null,
  arm: ArmInput,
  part: Part,
): Spread | null {
  const values = finishedRuns(arm).flatMap((run) => {
    const own = teacher?.runs.find((t) => t.seed === run.seed) ?? teacher?.runs[0];
    const [a, b] = [run[part], own?.[part]];
    return a && b ? measure(a.logits, b.logits, a.logits.length / a.labels.length) : [];
  });
  return spread(values);
}

/** Calibrated by one temperature, which each run’s validation examples give: the test set decides nothing. */
function scaled(arm: ArmInput): ArmSummary['scaled'] {
  const each = finishedRuns(arm).flatMap(({ validation, test }) => {
    if (!validation || !test) return [];
    const temperature = fitTemperature(validation.logits, validation.labels);
    const logits = scaledBy(test.logits, temperature);
    return [
      {
        temperature,
        nll: crossEntropy(logits, test.labels),
        ece: expectedCalibrationError(logits, test.labels),
      },
    ];
  });
  const over = (key: keyof (typeof each)[number]) => spread(each.map((one) => one[key]));
  const [temperature, nll, ece] = [over('temperature'), over('nll'), over('ece')];
  return temperature && nll && ece ? { temperature, nll, ece } : null;
}

const accuracyOf = ({ logits, labels }: Predictions) => accuracy(logits, labels);
const count = (ones: Uint8Array) => ones.reduce((sum, one) => sum + one, 0);

function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
