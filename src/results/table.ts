import {
  bytes,
  count,
  decimalsFor,
  duration,
  fixed,
  latency,
  loss,
  operations,
  percent,
  percentage,
  points,
  spread,
  trainingTimeHead,
} from './format';
import { shownArms } from './shown';
import type { ArmSummary, Comparison, Latency, Summary } from './summary';

/** The same cells in the terminal and in the report: plain text, the first column names the row. */
export interface Table {
  head: string[];
  rows: { kind: ArmSummary['kind'] | 'difference'; cells: string[] }[];
}

export const UNKNOWN = '–';
/** Two rows an arm; those of the others are in the panel. */
const MOST_SEED_ROWS = 12;

export type ResultColumn =
  | 'accuracy'
  | 'errors'
  | 'agreement'
  | 'klToTeacher'
  | 'nll'
  | 'brier'
  | 'calibration'
  | 'scaledCalibration'
  | 'temperature'
  | 'parameters'
  | 'size'
  | 'multiplyAdds'
  | 'latency'
  | 'batch1'
  | 'batch32'
  | 'memory'
  | 'training'
  | 'processor'
  | 'trainingMemory';

const columns: Record<
  ResultColumn,
  { head: (summary: Summary) => string; cell: (arm: ArmSummary, summary: Summary) => string | null }
> = {
  accuracy: {
    head: ({ part }) => `${part} accuracy`,
    cell(arm, { part, examples, planned }) {
      const seeds = arm.kind === 'teacher' ? arm.seeds.length : planned.seeds;
      return arm[part] && spread(arm[part], examples[part], seeds);
    },
  },
  errors: {
    head: ({ examples }) => `errors of ${count(examples.test)}, mean`,
    cell: ({ testErrors }, { part }) =>
      part === 'validation' ? 'sealed' : testErrors === null ? null : fixed(testErrors, 1),
  },
  agreement: {
    head: () => 'agreement with teacher',
    cell: ({ agreement }, { part, examples }) =>
      agreement && percent(agreement.mean, decimalsFor(examples[part])),
  },
  klToTeacher: {
    head: () => 'KL to teacher, nats',
    cell: ({ klToTeacher }) => klToTeacher && loss(klToTeacher.mean),
  },
  nll: { head: () => 'NLL, nats', cell: ({ nll }) => nll && loss(nll.mean) },
  brier: { head: () => 'Brier', cell: ({ brier }) => brier && loss(brier.mean) },
  calibration: { head: () => 'calibration error (ECE, T 1)', cell: ({ ece }) => ece && percent(ece.mean, 1) },
  scaledCalibration: {
    head: () => 'ECE, temperature scaled',
    cell: (arm, { part }) =>
      part === 'validation' ? 'sealed' : arm.scaled && percent(arm.scaled.ece.mean, 1),
  },
  temperature: {
    head: () => 'fitted T',
    cell: (arm, { part }) =>
      part === 'validation' ? 'sealed' : arm.scaled && loss(arm.scaled.temperature.mean),
  },
  parameters: { head: () => 'parameters', cell: ({ parameters }) => known(parameters, count) },
  size: { head: () => 'size, float32', cell: (arm) => known(arm.bytes, bytes) },
  multiplyAdds: { head: () => 'multiply–adds', cell: (arm) => known(arm.multiplyAdds, operations) },
  latency: {
    head: () => 'latency, batch 1',
    cell: (arm) => known(arm.latency.batch1?.median ?? null, latency),
  },
  batch1: { head: () => 'batch 1: median, p95', cell: (arm) => known(arm.latency.batch1, latencies) },
  batch32: { head: () => 'batch 32: median, p95', cell: (arm) => known(arm.latency.batch32, latencies) },
  memory: { head: () => 'peak memory, inference', cell: (arm) => known(arm.peakMemory.inference, bytes) },
  training: { head: trainingTimeHead, cell: (arm) => known(arm.trainingSeconds, duration) },
  processor: { head: () => 'CPU time per seed', cell: (arm) => known(arm.cpuSeconds, duration) },
  trainingMemory: {
    head: () => 'peak memory, training',
    cell: (arm) => known(arm.peakMemory.training, bytes),
  },
};

const latencies = ({ median, p95 }: Latency) => `${latency(median)}, ${latency(p95)}`;

/** Teacher, scratch and every distilled arm that is shown by itself: a row each. */
export function resultTable(
  summary: Summary,
  wanted = Object.keys(columns) as readonly ResultColumn[],
): Table {
  const chosen = wanted.map((column) => columns[column]);
  return {
    head: ['', ...chosen.map(({ head }) => head(summary))],
    rows: rowsOf(summary).map((arm) => ({
      kind: arm.kind,
      cells: [
        arm.kind === 'teacher' ? `Teacher ${arm.title}` : arm.title,
        ...chosen.map(({ cell }) => cell(arm, summary) ?? UNKNOWN),
      ],
    })),
  };
}

/** Every seed of scratch and the first distilled arms in percent, and under each arm its paired differences in points. */
export function seedTable(summary: Summary): Table {
  const { part, examples, planned } = summary;
  const decimals = decimalsFor(examples[part]);
  const { scratches, arms } = shownArms(summary, MOST_SEED_ROWS);
  const students = [...scratches, ...arms];
  const seeds = [...new Set(students.flatMap((arm) => arm.seeds.map(({ seed }) => seed)))].sort(
    (a, b) => a - b,
  );
  const accuracies = (arm: ArmSummary) => ({
    kind: arm.kind,
    cells: [
      arm.title,
      ...seeds.map((seed) => {
        const run = arm.seeds.find((one) => one.seed === seed);
        if (!run) return UNKNOWN;
        return run[part] === null || run.status !== 'finished' ? run.status : percentage(run[part], decimals);
      }),
      known(arm[part], (value) => spread(value, examples[part], planned.seeds)) ?? UNKNOWN,
    ],
  });
  const differences = ({ perSeed, mean, decimals: shown }: Comparison) => ({
    kind: 'difference' as const,
    cells: [
      'difference, pp',
      ...seeds.map(
        (seed) =>
          known(perSeed.find((one) => one.seed === seed)?.difference ?? null, (d) => points(d, shown)) ??
          UNKNOWN,
      ),
      known(mean, (d) => points(d, shown)) ?? UNKNOWN,
    ],
  });
  return {
    head: [`${part}, %`, ...seeds.map((seed) => `seed ${seed}`), 'mean ± sd'],
    rows: students.flatMap((arm) => [
      accuracies(arm),
      ...summary.comparisons.filter((one) => one.arm === arm.slug).map(differences),
    ]),
  };
}

function rowsOf(summary: Summary): ArmSummary[] {
  const { scratches, arms } = shownArms(summary);
  return [...(summary.teacher ? [summary.teacher] : []), ...scratches, ...arms];
}

function known<Value>(value: Value | null, say: (value: Value) => string): string | null {
  return value === null ? null : say(value);
}
