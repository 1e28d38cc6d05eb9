import { availableParallelism } from 'node:os';
import type { EngineId, Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import { describeSavedModel } from '../config/savedModel';
import { describeNetwork } from '../config/shapes';
import { dirname, resolve } from 'node:path';
import { discover } from './discover';
import type { PlanItem, RunFile } from './files';
import { laterRuns } from './later';
import { absoluteFolder, readResult, readRunFile } from './folder';
import { groupItems, MOST_TOGETHER, whyAlone } from './groups';
import type { Plan, RunDraft } from './plan';
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
/** Of what a step takes for each run by itself where several train together: batches, events, evaluations. */
const MEMBER_STEP = 0.25e-3;
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
  const numerics = engine?.numerics ?? null;
  const left = await missingSteps(plan, root);
  const membersOf = groupSizes([...left.keys()], plan, numerics, trainers);
  const trainings = [...left].map(([item, steps]) => {
    const members = membersOf.get(item.id) ?? 1;
    const draft = plan.drafts.get(item.id)!;
    return { kind: item.kind, members, seconds: secondsOf(draft, steps, root, used, members) };
  });
  const later = laterRuns(experiment, plan);
  const company = Math.min(MOST_TOGETHER, Math.ceil(later.length / trainers));
  for (const { draft, steps } of later) {
    const members = whyAlone(draft, numerics) === null ? company : 1;
    trainings.push({ kind: 'run', members, seconds: secondsOf(draft, steps, root, used, members) });
  }
  if (trainings.length === 0) return 0;
  const correction = await learn(dirname(experiment.runsFolder), used);
  // Teachers come first; while one trains, only scratch can go beside it. A trainer does its group as a whole.
  const longest = (kind: PlanItem['kind']) =>
    Math.max(0, ...trainings.filter((one) => one.kind === kind).map((one) => one.seconds * one.members));
  const all = trainings.reduce((sum, { seconds }) => sum + seconds, 0);
  return Math.max(longest('teacher') + longest('run'), all / trainers) * correction;
}

/** Steps that are to be done, of each training of the plan that is not done. */
async function missingSteps(plan: Plan, root: string): Promise<Map<PlanItem, number>> {
  const missing = new Map<PlanItem, number>();
  for (const item of plan.items) {
    const draft = plan.drafts.get(item.id);
    if (draft === undefined || item.ended !== undefined) continue;
    const { status, step } = await runStatus(absoluteFolder(root, item));
    const left = Math.max(0, (item.until ?? draft.steps) - (step ?? 0));
    if (status !== 'finished' && left > 0) missing.set(item, left);
  }
  return missing;
}

/** With how many each run trains together, by its item. */
function groupSizes(
  missing: readonly PlanItem[],
  plan: Plan,
  numerics: Numerics | null,
  trainers: number,
): Map<string, number> {
  const units = groupItems(missing, plan, numerics, trainers);
  return new Map(units.flatMap(({ items }) => items.map(({ id }) => [id, items.length] as const)));
}

/** What falls to a run of so many steps; `members` share a process and what TensorFlow.js does about each operation. */
function secondsOf(
  run: RunDraft | RunFile,
  steps: number,
  root: string,
  engine: EngineId,
  members = 1,
): number {
  const { rate, step } = speeds[engine];
  const computing = (PASSES * run.training.batchSize * multiplications(run, root)) / rate;
  const own = members === 1 ? 0 : MEMBER_STEP;
  return START / members + steps * (step / members + own + computing);
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
      const expected = secondsOf(run, result.steps, resolve(folder, run.root), engine);
      return [(START + result.trainingSeconds) / expected];
    }),
  );
  const sorted = ratios.flat().sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
}
