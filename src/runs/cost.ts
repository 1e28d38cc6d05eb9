import { describeNetwork, ShapeError } from '../config/shapes';
import type { Cost, Latency } from '../results/summary';
import type { CostFile, ResultFile, RunFile } from './files';
import type { RunDraft } from './plan';
import { arch, cpus, platform } from 'node:os';
import { sha256 } from './identity';

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
    trainedTogether: result?.trainedTogether ?? null,
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

/** Runs with one key cost the same to run: network and numerics, on this machine. Weights change nothing. */
export const costKey = ({
  network,
  ensemble,
  data,
  numerics,
}: Pick<RunFile, 'network' | 'ensemble' | 'data' | 'numerics'>): string =>
  sha256({
    network,
    ...(ensemble && { members: ensemble.members.map(({ identity }) => identity) }),
    inputShape: data.inputShape,
    classes: data.classes.length,
    numerics,
    machine: { platform: platform(), arch: arch(), cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
  });
