import {
  accuracy,
  agreement,
  brier,
  correct,
  crossEntropy,
  expectedCalibrationError,
  klBetween,
} from '../tasks/classification';
import { scaledTest } from './calibration';
import { biasSummary } from './classes/biasSummary';
import { costOver } from './cost';
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
    ...costOver(arm.runs),
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

/** After temperature scaling. */
function scaled(arm: ArmInput): ArmSummary['scaled'] {
  const each = finishedRuns(arm).flatMap((run) => {
    const found = scaledTest(run);
    if (!found) return [];
    const { temperature, answers } = found;
    return [
      {
        temperature,
        nll: crossEntropy(answers.logits, answers.labels),
        ece: expectedCalibrationError(answers.logits, answers.labels),
      },
    ];
  });
  const over = (key: keyof (typeof each)[number]) => spread(each.map((one) => one[key]));
  const [temperature, nll, ece] = [over('temperature'), over('nll'), over('ece')];
  return temperature && nll && ece ? { temperature, nll, ece } : null;
}

const accuracyOf = ({ logits, labels }: Predictions) => accuracy(logits, labels);
const count = (ones: Uint8Array) => ones.reduce((sum, one) => sum + one, 0);
