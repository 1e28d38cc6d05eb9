import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../config/errors';
import { SCHEMA_VERSION, type EngineFile, type PlanItem } from '../runs/files';
import { absoluteFolder, writePlan } from '../runs/folder';
import { experimentFiles } from '../runs/layout';
import { acquireLease } from '../runs/lease';
import type { Plan } from '../runs/plan';
import { prepare } from '../runs/prepare';
import { writeReports } from '../runs/reports';
import { clearStop } from '../runs/stop';
import { measureCosts } from './cost';
import { settleEngine } from './engine';
import { explainGroups, groupItems, type Unit } from '../runs/groups';
import { openTestSet } from './evaluate';
import { complain, say, sentenceOf } from './log';
import { missingItems, type Ready } from './missing';
import { DEFAULT_GRACE, type RunnerOptions } from './options';
import { explainEnding } from './outcome';
import { probeWith } from './probe';
import { schedule, withPrerequisites, type ItemEnd } from './schedule';
import { train, type Work } from './train';
import { trainGroup } from './trainGroup';
import { fastestNative } from './timing/fastest';
import { loadsOf } from './timing/loads';
import { timeLoads } from './timing/timeLoads';
import { Trainers } from './trainers';

export type WalkEnd = 'done' | 'failed' | 'stopped';
const SENTENCES: Record<WalkEnd, string> = {
  done: 'Done.',
  failed: 'Ended; not everything is done.',
  stopped: 'Stopped.',
};

/**
 * Gets done what an experiment asks for and is not there: engine, teacher, soft targets, runs, and once all of them are
 * finished the test set; then writes summary and report. Holds the experiment's lease meanwhile.
 *
 * @throws UserError where nothing can be begun: config, data, a live runner, no engine, a disk that cannot be written
 */
export async function walk(options: RunnerOptions, trainerPath: string): Promise<WalkEnd> {
  const first = await ready(options.experimentFile);
  const { runsFolder } = first.experiment;
  const lease = await acquireLease(experimentFiles(runsFolder).runner, 1);
  clearStop(runsFolder);
  const command = { trainerPath, nodeArguments: [...(options.trainerArguments ?? [])] };
  const trainers = new Trainers(command, runsFolder, options.grace ?? DEFAULT_GRACE);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      say(`${signal} came.`);
      trainers.stop();
    });
  try {
    const engine = await settleEngine(first, options, probeWith(command, say), async (numerics) =>
      fastestNative(numerics, {
        loads: loadsOf(first.plan),
        trainers: atOnce(first.experiment, options, first.plan.drafts.size),
        time: (loads, wanted) => timeLoads(loads, wanted, command, first.experiment.root, say),
        say,
      }),
    );
    say(`Engine: ${engine.numerics.engine}. ${engine.why}`);
    const begun = engine === first.engine ? first : await ready(options.experimentFile);
    const { complete, plan } = await doStages(begun, engine, trainers, options);
    await writeReports({ ...begun, plan });
    const end = complete ? 'done' : trainers.isStopping() ? 'stopped' : 'failed';
    say(SENTENCES[end]);
    return end;
  } finally {
    trainers.close();
    lease.release();
  }
}

async function ready(file: string): Promise<Ready> {
  const prepared = await prepare(file);
  const errors = prepared.diagnostics.filter((d) => d.severity === 'error');
  const { experiment, plan } = prepared;
  if (errors.length === 0 && experiment !== null && plan !== null) return { ...prepared, experiment, plan };
  const sentences = errors.map((d) => `${basename(d.file)}: ${d.message}`);
  throw new UserError(sentences.join('\n') || `${file} cannot be run, and no reason was found.`);
}

/** How many trainers work at a time. */
function atOnce({ parallelism }: Ready['experiment'], options: RunnerOptions, items: number): number {
  const most = options.parallelism ?? parallelism;
  return Math.max(1, Math.min(items, most === 'auto' ? availableParallelism() : most));
}

/** Does the plan, then what its results decide, such as fresh seeds for the winner of a sweep; at last opens the test set. */
async function doStages(
  { experiment, plan: first, planAgain }: Ready,
  engine: EngineFile,
  trainers: Trainers,
  options: RunnerOptions,
): Promise<{ complete: boolean; plan: Plan }> {
  const { runsFolder, name } = experiment;
  for (let plan = first; ;) {
    writePlan(runsFolder, { schemaVersion: SCHEMA_VERSION, experiment: name, items: plan.items });
    const work = { experiment, plan, engine, trainers };
    const ends = await doItems(work, options);
    const next = await planAgain();
    if (next === null) throw new Error('A plan that was there is gone.');
    const decided = !isDeepStrictEqual(next.choice, plan.choice);
    if (decided && !trainers.isStopping() && options.only === undefined) {
      say(decision(next));
      plan = next;
      continue;
    }
    return { complete: await conclude(work, options, ends), plan };
  }
}

/** What the results so far decided, for the log. */
function decision({ arms, choice }: Plan): string {
  const chosen = arms.filter(({ slug }) => slug === choice.winner || slug === choice.scratch);
  if (chosen.length > 0) return `Best on validation: ${chosen.map(({ title }) => title).join(', beside ')}.`;
  const stages = [...choice.stages.values()];
  const left = stages.filter((stage) => !('ended' in stage)).length;
  return `Successive halving: ${left} of ${stages.length} cells go on.`;
}

async function doItems(work: Work, options: RunnerOptions): Promise<ItemEnd[]> {
  const { experiment, plan, engine, trainers } = work;
  const { only } = options;
  const missing = await missingItems(work);
  const wanted = only === undefined ? missing : withPrerequisites(missing, only);
  const items = wanted.filter((item) => item.kind !== 'evaluate');
  const most = atOnce(experiment, options, items.length);
  const units = groupItems(items, plan, engine.numerics, most);
  const pool = Math.max(1, Math.min(most, units.length));
  // Runs side by side use the processor better than threads do; those are for what is left over.
  trainers.threads = Math.max(1, Math.floor(availableParallelism() / pool));
  const there = plan.items.length - missing.length;
  say(`${there} of ${plan.items.length} items are there; ${items.length} to do, ${pool} at once.`);
  const company = explainGroups(units, plan, engine.numerics);
  if (company !== null) say(company);
  const perform = ({ id, items }: Unit) => survives(id, () => trainUnit(items, work));
  return [...(await schedule(units, pool, perform, () => trainers.isStopping())).values()];
}

/** @returns whether everything that was to be done is done */
async function conclude(work: Work, { only }: RunnerOptions, ends: readonly ItemEnd[]): Promise<boolean> {
  const { trainers } = work;
  const left = await missingItems(work);
  const isTrained = left.every((item) => item.kind === 'evaluate');
  const isOpened =
    isTrained &&
    !trainers.isStopping() &&
    (await survives('evaluate', () => openTestSet(work))) &&
    (await survives('cost', () => measureCosts(work)));
  return isOpened || (only !== undefined && !isTrained && ends.every((end) => end === 'done'));
}

/** What an item throws is said in the log and ends that item alone. */
async function survives(id: string, act: () => Promise<boolean>): Promise<boolean> {
  try {
    return await act();
  } catch (error) {
    complain(`${id}: ${sentenceOf(error)}`);
    return false;
  }
}

function trainUnit(items: readonly PlanItem[], work: Work): Promise<boolean> {
  const [first, ...more] = items;
  if (more.length > 0) return trainGroup(items, work);
  return first!.kind === 'softTargets' ? extract(first!, work) : train(first!, work);
}

/** Does nothing where they are in the cache. */
async function extract(item: PlanItem, { experiment, plan, trainers }: Work): Promise<boolean> {
  const folder = absoluteFolder(experiment.root, item);
  const { topK } = [...plan.drafts.values()].find((draft) => draft.topK !== undefined) ?? {};
  const more = topK === undefined ? [] : [`--top-k=${topK}`];
  const ending = await trainers.run(['extract', ...more, folder], folder, say);
  if (ending.code === 0 || trainers.isStopping()) return ending.code === 0;
  throw new UserError(`No soft targets. ${explainEnding(ending, { step: 0, checkpoint: null }).message}`);
}
