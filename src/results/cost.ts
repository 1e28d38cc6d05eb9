import type { Cost, Latency } from './summary';
import { mean, median } from '../sampleStatistics';

/** What an arm costs, from those of its runs that know: sizes are the same for all, times are medians or means. */
export function costOver(runs: readonly Cost[]): Cost {
  const known = <Value>(of: (run: Cost) => Value | null) => runs.flatMap((run) => of(run) ?? []);
  const latency = (batch: keyof Cost['latency']): Latency | null => {
    const all = known((run) => run.latency[batch]);
    const [middle, high] = [median(all.map((one) => one.median)), median(all.map((one) => one.p95))];
    return middle === null || high === null ? null : { median: middle, p95: high };
  };
  return {
    parameters: known((run) => run.parameters)[0] ?? null,
    bytes: known((run) => run.bytes)[0] ?? null,
    multiplyAdds: known((run) => run.multiplyAdds)[0] ?? null,
    latency: { batch1: latency('batch1'), batch32: latency('batch32') },
    peakMemory: {
      training: highest(known((run) => run.peakMemory.training)),
      inference: highest(known((run) => run.peakMemory.inference)),
    },
    trainingSeconds: meanOf(known((run) => run.trainingSeconds)),
    trainedTogether: highest(known((run) => run.trainedTogether ?? null)),
    cpuSeconds: meanOf(known((run) => run.cpuSeconds)),
  };
}

const highest = (values: number[]) => (values.length === 0 ? null : Math.max(...values));
const meanOf = (values: number[]) => (values.length === 0 ? null : mean(values));
