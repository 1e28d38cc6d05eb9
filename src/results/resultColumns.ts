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
  spread,
} from './format';
import type { ArmSummary, Latency, Summary } from './summary';

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

/** "training time per seed", with what it is where several runs shared a process. */
const trainingTimeHead = ({ scratch, otherScratches, arms }: Summary): string =>
  [scratch, ...otherScratches, ...arms].some((arm) => (arm?.trainedTogether ?? 1) > 1)
    ? 'training time per seed (share of a group)'
    : 'training time per seed';

/** What is shown of an arm, by report, terminal and panel: the name of the column, and its cell; null where unknown. */
export const resultColumns: Record<
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
  brier: { head: () => 'Brier score', cell: ({ brier }) => brier && loss(brier.mean) },
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

export function known<Value>(value: Value | null, say: (value: Value) => string): string | null {
  return value === null ? null : say(value);
}
