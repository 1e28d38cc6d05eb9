import type { Results } from './results';

/** What we want of a figure, and what it is. */
export interface Target {
  what: string;
  /** At most this. */
  limit: number;
  value: number;
  met: boolean;
}

const MLPS = ['kd', 'teacher', 'student'];
const LIMITS = [
  { contender: 'native', workloads: [...MLPS, 'cnn'], limit: 1 },
  { contender: 'native', workloads: ['transformer'], limit: 1.1 },
  { contender: 'portable', workloads: [...MLPS, 'transformer'], limit: 5 },
  { contender: 'portable', workloads: ['cnn'], limit: 3 },
];
const EVENTS = 0.02;
const CACHED = 0.6;
const EPOCH = 1.1;

/** Those that this run can say something about. */
export function targetsOf(results: Results): Target[] {
  const target = (what: string, limit: number, value: number): Target => {
    return { what, limit, value, met: value <= limit };
  };
  const ratios = LIMITS.flatMap(({ contender, workloads, limit }) =>
    workloads.flatMap((id) => {
      const rows = results.workloads.find((workload) => workload.id === id)?.rows;
      const ratio = rows?.find((row) => row.contender === contender)?.ratio;
      return ratio ? [target(`${contender}, ${id}: time to that of PyTorch fused`, limit, ratio.median)] : [];
    }),
  );
  const cache = (results.cache ?? []).map(({ contender, ratio }) =>
    target(`${contender}: step with soft targets given to one with a live teacher`, CACHED, ratio.median),
  );
  const training = (results.training ?? []).flatMap(({ engine, title, ratio, eventShare }) => [
    target(`${engine}, ${title}: distilled epoch from the cache to one on hard labels`, EPOCH, ratio.median),
    target(`${engine}, ${title}: share of a training that goes into events`, EVENTS, eventShare.median),
  ]);
  return [...ratios, ...cache, ...training];
}
