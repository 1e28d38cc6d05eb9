import type { ArmSummary, Cost, Summary } from '../../src/results/summary';
import { toCsv } from '../chart/csv';

/** Every seed of every arm, unrounded: the data of the tables in panel and report, including the cells of a sweep. */
export function resultsCsv(summary: Summary): string {
  const { teacher, scratch, otherScratches, arms, comparisons } = summary;
  const all = [teacher, scratch, ...otherScratches, ...arms].filter((arm) => arm !== null);
  const swept = summary.sweep?.parameters ?? [];
  return toCsv([
    [
      'arm',
      'kind',
      'role',
      ...swept.map(({ path }) => path),
      'seed',
      'status',
      'steps',
      'validation accuracy',
      'test accuracy',
      'difference to scratch',
      'part',
      'p (Holm)',
      'verdict',
      ...Object.keys(costs),
      'folder',
    ],
    ...all.flatMap((arm) => {
      const comparison = comparisons.find((c) => c.arm === arm.slug);
      return arm.seeds.map((seed) => [
        arm.title,
        arm.kind,
        arm.role,
        ...swept.map(({ path }) => cellValue(arm, path)),
        seed.seed,
        seed.status,
        seed.steps,
        seed.validation,
        seed.test,
        comparison?.perSeed.find((p) => p.seed === seed.seed)?.difference ?? null,
        comparison?.part ?? null,
        comparison?.pHolm ?? null,
        comparison?.part === 'test' ? comparison.verdict : null,
        ...Object.values(costs).map((of) => of(arm)),
        seed.folder,
      ]);
    }),
  ]);
}

function cellValue({ cell }: ArmSummary, path: string): string | number | null {
  const value = cell?.[path] ?? null;
  return typeof value === 'boolean' ? String(value) : value;
}

/** Of the arm: the same in each of its rows. */
const costs: Record<string, (arm: Cost) => number | null> = {
  parameters: (arm) => arm.parameters,
  bytes: (arm) => arm.bytes,
  'multiply-adds': (arm) => arm.multiplyAdds,
  'latency batch 1 median (µs)': (arm) => arm.latency.batch1?.median ?? null,
  'latency batch 1 p95 (µs)': (arm) => arm.latency.batch1?.p95 ?? null,
  'latency batch 32 median (µs)': (arm) => arm.latency.batch32?.median ?? null,
  'latency batch 32 p95 (µs)': (arm) => arm.latency.batch32?.p95 ?? null,
  'peak memory running (bytes)': (arm) => arm.peakMemory.inference,
  'peak memory training (bytes)': (arm) => arm.peakMemory.training,
  'training (s)': (arm) => arm.trainingSeconds,
  'processor time (s)': (arm) => arm.cpuSeconds,
};
