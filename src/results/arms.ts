import { accuracy, correct, crossEntropy, expectedCalibrationError } from '../tasks/classification';
import { scaledTest } from './calibration';
import { accuracyPerClass, MOST_CLASSES } from './classes/perClass';
import { biasSummary } from './classes/biasSummary';
import { costOver } from './cost';
import type { ArmInput, Predictions, RunInput } from './input';
import { seedResult } from './seeds';
import { spread } from '../sampleStatistics';
import type { ArmSummary } from './summary';

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
  const seeds = arm.runs.map((run) => seedResult(run, kind === 'teacher' ? null : teacher, part));
  const over = (measure: 'agreement' | 'klToTeacher' | 'nll' | 'brier' | 'ece') =>
    spread(seeds.flatMap((seed) => seed[measure] ?? []));
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
    seeds,
    validation: spread(known('validation').map(accuracyOf)),
    test: spread(known('test').map(accuracyOf)),
    testErrors: spread(errors)?.mean ?? null,
    agreement: over('agreement'),
    klToTeacher: over('klToTeacher'),
    nll: over('nll'),
    brier: over('brier'),
    ece: over('ece'),
    perClass: perClassOf(known(part)),
    scaled: part === 'test' ? scaled(arm) : null,
    ...costOver(arm.runs),
  };
}

export const finishedRuns = (arm: ArmInput): RunInput[] =>
  arm.runs.filter((run) => run.status === 'finished');

/** Null for more classes than a table can show. */
function perClassOf(seeds: Predictions[]): ArmSummary['perClass'] {
  const classes = accuracyPerClass(seeds);
  return classes.length > 0 && classes.length <= MOST_CLASSES ? classes : null;
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
