import { describeNetwork, ShapeError } from '../config/shapes';
import type { Cost, Latency } from '../results/summary';
import type { CostFile, ResultFile } from './files';
import type { RunDraft } from './plan';

/** What result.json and cost.json of a run tell of its cost. */
export function costIn(
  result: ResultFile | null,
  cost: CostFile | null,
  planned: Pick<RunDraft, 'network' | 'data'> | null,
): Cost {
  const latency = (batch: number): Latency | null => {
    const found = cost?.latency.find((one) => one.batch === batch);
    return found ? { median: found.medianMicroseconds, p95: found.p95Microseconds } : null;
  };
  return {
    parameters: result?.parameters ?? null,
    bytes: result?.bytes ?? null,
    multiplyAdds: cost?.multiplyAdds ?? described(planned),
    latency: { batch1: latency(1), batch32: latency(32) },
    peakMemory: { training: result?.peakBytes ?? null, inference: cost?.peakBytes ?? null },
    trainingSeconds: result?.trainingSeconds ?? null,
    cpuSeconds: result?.cpuSeconds ?? null,
  };
}

/** Of the layers in the plan; null for a saved model, and for layers of a foreign script that do not fit its data. */
function described(planned: Pick<RunDraft, 'network' | 'data'> | null): number | null {
  if (!planned?.network.layers) return null;
  try {
    return describeNetwork(planned.network.layers, planned.data.inputShape).multiplications;
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}
