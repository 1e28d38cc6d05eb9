import { accuracy, correct, crossEntropy, expectedCalibrationError } from '../tasks/classification';
import { fitTemperature, scaledBy } from '../tasks/temperatureScaling';
import { accuracyPerClass, MOST_CLASSES } from './classes/perClass';
import type { ArmInput, Predictions, RunInput } from './input';
import { seedResult } from './seeds';
import { spread } from './statistics';
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
  const first = <Key extends keyof RunInput>(key: Key) =>
    arm.runs.map((run) => run[key]).find((v) => v !== null);
  const times = arm.runs.flatMap((run) => run.trainingSeconds ?? []);
  const seeds = arm.runs.map((run) => seedResult(run, kind === 'teacher' ? null : teacher, part));
  const over = (measure: 'agreement' | 'klToTeacher' | 'nll' | 'brier' | 'ece') =>
    spread(seeds.flatMap((seed) => seed[measure] ?? []));
  return {
    slug: arm.slug,
    title: arm.title,
    kind,
    role: arm.role,
    cell: arm.cell,
    ended: arm.ended,
    transferSet: arm.transferSet,
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
    parameters: first('parameters') ?? null,
    bytes: first('bytes') ?? null,
    latencyMicroseconds: median(arm.runs.flatMap((run) => run.latencyMicroseconds ?? [])),
    trainingSeconds: spread(times)?.mean ?? null,
  };
}

export const finishedRuns = (arm: ArmInput): RunInput[] =>
  arm.runs.filter((run) => run.status === 'finished');

/** Null of so many classes that nobody reads them all. */
function perClassOf(seeds: Predictions[]): ArmSummary['perClass'] {
  const classes = accuracyPerClass(seeds);
  return classes.length > 0 && classes.length <= MOST_CLASSES ? classes : null;
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
