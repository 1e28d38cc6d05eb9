import { decimalsFor, fixed, loss } from '../../src/results/format';
import type { ArmSummary, SeedResult, Spread, Summary } from '../../src/results/summary';

export const measureNames = ['accuracy', 'agreement', 'nll', 'ece', 'brier', 'klToTeacher'] as const;
export type Measure = (typeof measureNames)[number];

type Part = Summary['part'];

export interface MeasureKind {
  title: string;
  /** Of values as they are drawn. */
  unit: string;
  better: 'high' | 'low';
  of: (arm: ArmSummary, part: Part) => Spread | null;
  ofSeed: (seed: SeedResult, part: Part) => number | null;
  /** What is drawn: shares as percentages. */
  scale: number;
  /** A drawn value without its unit; as many decimals as one of so many examples moves. */
  bare: (drawn: number, examples: number) => string;
}

const share = (
  title: string,
  better: MeasureKind['better'],
  of: MeasureKind['of'],
  ofSeed: MeasureKind['ofSeed'],
  decimals: (examples: number) => number = decimalsFor,
): MeasureKind => ({
  title,
  unit: '%',
  better,
  of,
  ofSeed,
  scale: 100,
  bare: (drawn, examples) => fixed(drawn, decimals(examples)),
});
const nats = (title: string, unit: string, key: 'nll' | 'brier' | 'klToTeacher'): MeasureKind => ({
  title,
  unit,
  better: 'low',
  of: (arm) => arm[key],
  ofSeed: (seed) => seed[key],
  scale: 1,
  bare: loss,
});

/** What arms can be compared by, all of the set that is shown. */
export const measures: Record<Measure, MeasureKind> = {
  accuracy: share(
    'Accuracy',
    'high',
    (arm, part) => arm[part],
    (seed, part) => seed[part],
  ),
  agreement: share(
    'Agreement with teacher',
    'high',
    (arm) => arm.agreement,
    (seed) => seed.agreement,
  ),
  nll: nats('NLL', 'nats', 'nll'),
  ece: share(
    'Calibration error (ECE, T 1)',
    'low',
    (arm) => arm.ece,
    (seed) => seed.ece,
    () => 1,
  ),
  brier: nats('Brier score', '', 'brier'),
  klToTeacher: nats('KL to teacher', 'nats', 'klToTeacher'),
};

/** Of one example at a time, the median, in microseconds. */
export const latencyOf = ({ latency }: ArmSummary): number | null => latency.batch1?.median ?? null;
