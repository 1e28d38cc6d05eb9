import { availableParallelism } from 'node:os';
import type { EngineId } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import { describeSavedModel } from '../config/savedModel';
import { describeNetwork } from '../config/shapes';
import { dirname, resolve } from 'node:path';
import { discover } from './discover';
import type { RunFile } from './files';
import { laterRuns } from './later';
import { absoluteFolder, readResult, readRunFile } from './folder';
import type { RunDraft } from './plan';
import type { Prepared } from './prepare';
import { runStatus } from './status';

/** Of one trainer on one core of a common machine: multiply–adds a second, and seconds that every step takes. */
const speeds: Record<EngineId, { rate: number; step: number }> = {
  native: { rate: 6e10, step: 0.6e-3 },
  gpu: { rate: 2e11, step: 2e-3 },
  portable: { rate: 1.2e10, step: 0.6e-3 },
  plain: { rate: 1e8, step: 2e-3 },
};
/** Of starting a process, loading the engine and the data, and writing results. */
const START = 1.5;
/** Forward, and backward with respect to inputs and weights. */
const PASSES = 3;
/** Finished runs to learn from; more would only be slower to read. */
const MOST_RUNS = 40;

/** How many trainers work at a time. */
export const trainersOf = ({ parallelism }: Experiment): number =>
  parallelism === 'auto' ? availableParallelism() : parallelism;

/**
 * Seconds that the missing runs of a plan will take, with so many trainers at once: from sizes and usual speeds, set right
 * by what finished runs under the same folder of runs took.
 */
export async function estimateSeconds(prepared: Prepared, trainers: number): Promise<number> {
  const { experiment, plan, engine } = prepared;
  if (experiment === null || plan === null) return 0;
  const { root } = experiment;
  const used = engine?.numerics.engine ?? 'portable';
  const seconds = { teacher: [] as number[], run: [] as number[] };
  for (const item of plan.items) {
    const draft = plan.drafts.get(item.id);
    if (draft === undefined || (item.kind !== 'teacher' && item.kind !== 'run')) continue;
    const { status, step } = await runStatus(absoluteFolder(root, item));
    if (status === 'finished' || item.ended !== undefined) continue;
    const left = Math.max(0, (item.until ?? draft.steps) - (step ?? 0));
    if (left > 0) seconds[item.kind].push(START + left * secondsPerStep(draft, root, used));
  }
  for (const { draft, steps } of laterRuns(experiment, plan))
    seconds.run.push(START + steps * secondsPerStep(draft, root, used));
  const missing = [...seconds.teacher, ...seconds.run];
  if (missing.length === 0) return 0;
  const correction = await learn(dirname(experiment.runsFolder), used);
  // Teachers come first; while one trains, only scratch can go beside it.
  const longestChain = Math.max(0, ...seconds.teacher) + Math.max(0, ...seconds.run);
  return Math.max(longestChain, missing.reduce((a, b) => a + b) / trainers) * correction;
}

function secondsPerStep(run: RunDraft | RunFile, root: string, engine: EngineId): number {
  const { rate, step } = speeds[engine];
  return step + (PASSES * run.training.batchSize * multiplications(run, root)) / rate;
}

function multiplications({ network, data }: RunDraft | RunFile, root: string): number {
  if (network.layers) return describeNetwork(network.layers, data.inputShape).multiplications;
  return network.model === undefined ? 0 : describeSavedModel(resolve(root, network.model)).parameters;
}

/** The median of what finished runs took over what they were expected to take; 1 before the first. */
async function learn(runs: string, engine: EngineId): Promise<number> {
  const folders = (await discover(runs)).runs.slice(-MOST_RUNS);
  const ratios = await Promise.all(
    folders.map(async (folder) => {
      const { value: run } = await readRunFile(folder);
      const { value: result } = await readResult(folder);
      if (run === null || result === null || result.steps === 0 || run.numerics.engine !== engine) return [];
      const expected = START + result.steps * secondsPerStep(run, resolve(folder, run.root), engine);
      return [(START + result.trainingSeconds) / expected];
    }),
  );
  const sorted = ratios.flat().sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
}
