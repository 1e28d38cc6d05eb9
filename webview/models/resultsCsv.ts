import type { Summary } from '../../src/results/summary';
import { toCsv } from '../chart/csv';

/** Every seed of every arm, unrounded: what the tables of the Overview are made of. */
export function resultsCsv(summary: Summary): string {
  const arms = [summary.teacher, summary.scratch, ...summary.otherScratches, ...summary.arms].filter(
    (arm) => arm !== null,
  );
  return toCsv([
    [
      'arm',
      'kind',
      'seed',
      'status',
      'steps',
      'validation accuracy',
      'test accuracy',
      'difference to scratch',
      'part',
      'folder',
    ],
    ...arms.flatMap((arm) => {
      const comparison = summary.comparisons.find((c) => c.arm === arm.slug);
      return arm.seeds.map((seed) => [
        arm.title,
        arm.kind,
        seed.seed,
        seed.status,
        seed.steps,
        seed.validation,
        seed.test,
        comparison?.perSeed.find((p) => p.seed === seed.seed)?.difference ?? null,
        comparison?.part ?? null,
        seed.folder,
      ]);
    }),
  ]);
}
