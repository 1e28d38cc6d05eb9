import type { Results } from './results';
import type { Row } from './runner';

/** What we want of a figure, and what it is. */
export interface Target {
  what: string;
  /** At most this. */
  limit: number;
  value: number;
  met: boolean;
  /** False where others used the machine meanwhile: then it says nothing. */
  quiet: boolean;
}

const MLPS = ['kd', 'teacher', 'student'];
const LIMITS = [
  { contender: 'native', workloads: [...MLPS, 'cnn'], limit: 1 },
  { contender: 'native', workloads: ['transformer'], limit: 1.1 },
  { contender: 'portable', workloads: [...MLPS, 'transformer'], limit: 5 },
  { contender: 'portable', workloads: ['cnn'], limit: 3 },
];
const SETTINGS: Record<string, string[]> = { native: ['native-2x', 'native-xla'] };
const EVENTS = 0.02;
const CACHED = 0.6;
const EPOCH = 1.1;
const TOGETHER = 1 / 3;
const PLANNED = 0.3;

/** Those that this run can say something about. */
export function targetsOf(results: Results): Target[] {
  const target = (what: string, limit: number, value: number, quiet = true): Target => {
    return { what, limit, value, met: value <= limit, quiet };
  };
  const ratios = LIMITS.flatMap(({ contender, workloads, limit }) =>
    workloads.flatMap((id) => {
      const rows = results.workloads.find((workload) => workload.id === id)?.rows ?? [];
      const best = fastest(rows, contender);
      return best
        ? [target(`${best.contender}, ${id}: time to PyTorch’s, fused`, limit, best.ratio, isQuiet(rows))]
        : [];
    }),
  );
  const cache = (results.cache ?? []).map(({ contender, ratio }) =>
    target(`${contender}: step with soft targets given to one with a live teacher`, CACHED, ratio.median),
  );
  const training = (results.training ?? []).flatMap(({ engine, title, ratio, eventShare }) => [
    target(`${engine}, ${title}: distilled epoch from the cache to one on hard labels`, EPOCH, ratio.median),
    target(`${engine}, ${title}: share of a training that goes into events`, EVENTS, eventShare.median),
  ]);
  const population = results.population
    ? [
        target(
          'small students: time of a run together to one in a pool',
          TOGETHER,
          results.population.pool / results.population.together,
        ),
      ]
    : [];
  const sweep = results.sweep
    ? [
        target(
          'sweep: how far its time is from what the plan said',
          PLANNED,
          Math.abs(results.sweep.taken / results.sweep.estimated - 1),
        ),
      ]
    : [];
  return [...ratios, ...cache, ...training, ...population, ...sweep];
}

/** Share of the cores that others may use. */
export const QUIET = 0.05;

const isQuiet = (rows: readonly Row[]) => rows.every(({ foreign }) => !foreign || foreign.median <= QUIET);

/** Native comes with settings, and Distillery itself times them where much is to be trained: the fastest counts. */
function fastest(rows: readonly Row[], contender: string): { contender: string; ratio: number } | undefined {
  return rows
    .filter(({ contender: id, ratio }) => ratio && (id === contender || SETTINGS[contender]?.includes(id)))
    .map(({ contender: id, ratio }) => ({ contender: id, ratio: ratio!.median }))
    .sort((a, b) => a.ratio - b.ratio)[0];
}
