import { availableParallelism } from 'node:os';
import type { EngineId, Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import { describeSavedModel } from '../config/savedModel';
import { describeNetwork } from '../config/shapes';
import { dirname, resolve } from 'node:path';
import { discover } from './discover';
import type { PlanItem, RunFile } from './files';
import { groupItems, whyNotGrouped } from './groups';
import { futureRuns } from './futureRuns';
import { absoluteFolder, readResult, readRunFile } from './folder';
import type { RunDraft } from './plan';
import { overheadOf } from './overhead';
import type { Prepared } from './prepare';
import { runStatus } from './status';

/** Of one trainer on one core of a common machine: multiply–adds a second, and seconds that every step takes. */
const speeds: Record<EngineId, { rate: number; step: number }> = {
  native: { rate: 6e10, step: 0.6e-3 },
  gpu: { rate: 2e11, step: 2e-3 },
  portable: { rate: 8e9, step: 0.8e-3 },
  plain: { rate: 1e8, step: 2e-3 },
};
/** Of starting a process, loading the engine and the data, and writing results. */
const START = 1.5;
/** Of one run among others in a process: its files, and in each step what is done for it alone. */
const MEMBER = { start: 0.1, step: 0.25e-3 };
/** Forward, and backward with respect to inputs and weights. */
const PASSES = 3;
/** Finished runs to learn from; more would only be slower to read. */
const MOST_RUNS = 40;

/** How many trainers work at a time. */
export const trainersOf = ({ parallelism }: Experiment): number =>
  parallelism === 'auto' ? availableParallelism() : parallelism;

/**
 * Seconds from Run to the report, with so many trainers at once: from sizes and usual speeds, set right by what finished
 * runs under the same folder of runs took.
 */
export async function estimateSeconds(prepared: Prepared, trainers: number): Promise<number> {
  const { experiment, plan, engine, numerics } = prepared;
  if (experiment === null || plan === null) return 0;
  const { root } = experiment;
  const used = numerics?.engine ?? 'portable';
  const teachers: number[] = [];
  const parts: Part[] = [];
  const missing: PlanItem[] = [];
  const untrained: PlanItem[] = [];
  for (const item of plan.items) {
    const draft = plan.drafts.get(item.id);
    if (draft === undefined || item.ended !== undefined) continue;
    const { status, step } = await runStatus(absoluteFolder(root, item));
    const left = status === 'finished' ? 0 : Math.max(0, (item.until ?? draft.steps) - (step ?? 0));
    if (left === 0) continue;
    untrained.push(item);
    if (item.kind === 'teacher') teachers.push(START + left * secondsPerStep(draft, root, used));
    else {
      missing.push(item);
      parts.push({ draft, steps: left });
    }
  }
  const later = futureRuns(experiment, plan);
  const stepsOf = new Map(missing.map(({ id }, i) => [id, parts[i]!]));
  const units = groupItems(missing, plan, numerics, trainers).map(({ items }) =>
    unitSeconds(
      items.map(({ id }) => stepsOf.get(id)!),
      root,
      used,
    ),
  );
  for (const group of alike(later)) units.push(...laterUnits(group, root, numerics, used, trainers));
  const overhead = overheadOf(experiment, plan, untrained, later, engine !== null);
  if (overhead.work === 0) return 0;
  const correction = await learn(dirname(experiment.runsFolder), used);
  // Teachers are first; while one trains, only scratch can train at the same time.
  const longestChain = Math.max(0, ...teachers) + Math.max(0, ...units);
  const all = [...teachers, ...units].reduce((a, b) => a + b, 0);
  return (Math.max(longestChain, all / trainers) + overhead.work) * correction + overhead.fixed;
}

/** A training, or what is left of it. */
interface Part {
  draft: RunDraft;
  steps: number;
}

/** What one trainer takes for a run, or for several side by side. */
function unitSeconds(parts: readonly Part[], root: string, engine: EngineId): number {
  const [first] = parts;
  const steps = Math.max(...parts.map((part) => part.steps));
  const together = parts.length > 1 ? parts.length : 0;
  return START + together * MEMBER.start + steps * secondsPerStep(first!.draft, root, engine, parts.length);
}

/** Later runs are grouped like those of the plan. */
function laterUnits(
  group: readonly Part[],
  root: string,
  numerics: Numerics | null,
  engine: EngineId,
  trainers: number,
): number[] {
  const alone = whyNotGrouped(group[0]!.draft, numerics) !== null;
  const units = alone ? group.length : Math.min(trainers, Math.ceil(group.length / 4));
  return Array.from({ length: units }, (_, i) =>
    unitSeconds(
      group.filter((_part, at) => at % units === i),
      root,
      engine,
    ),
  );
}

function alike(parts: readonly Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${part.draft.arm?.slug} ${part.steps}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()];
}

/** Of so many runs that take it together. */
function secondsPerStep(run: RunDraft | RunFile, root: string, engine: EngineId, groupSize = 1): number {
  const { rate, step } = speeds[engine];
  const own = (PASSES * run.training.batchSize * multiplications(run, root)) / rate;
  return step + groupSize * (own + (groupSize > 1 ? MEMBER.step : 0));
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
      const isAlone = whyNotGrouped(run, run.numerics) !== null;
      const together = result.trainedTogether ?? (isAlone ? 1 : null);
      // Of a run in a group of unknown size, its share of the time tells nothing.
      if (together === null) return [];
      const step = secondsPerStep(run, resolve(folder, run.root), engine, together) / together;
      const start = START / together;
      return [(start + result.trainingSeconds) / (start + result.steps * step)];
    }),
  );
  const sorted = ratios.flat().sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
}
