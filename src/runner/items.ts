import { availableParallelism } from 'node:os';
import { UserError } from '../config/errors';
import type { PlanItem } from '../runs/files';
import { absoluteFolder } from '../runs/folder';
import { explainGroups, groupItems } from '../runs/groups';
import { compared } from './comparisons';
import { complain, say, sentenceOf } from './log';
import { missingItems, type Ready } from './missing';
import type { RunnerOptions } from './options';
import { explainEnding } from './outcome';
import { schedule, withPrerequisites, type ItemEnd } from './schedule';
import { train, type Work } from './train';
import { trainGroup } from './trainGroup';

/** How many trainers work at a time. */
export function atOnce({ parallelism }: Ready['experiment'], options: RunnerOptions, items: number): number {
  const most = options.parallelism ?? parallelism;
  return Math.max(1, Math.min(items, most === 'auto' ? availableParallelism() : most));
}

/** Trains and extracts what a plan asks for and is not there, so many at once. */
export async function doItems(work: Work, options: RunnerOptions): Promise<ItemEnd[]> {
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
  const ends = await schedule(compared(units, plan), pool, {
    perform: ({ id, items }) => survives(id, () => trainUnit(items, work)),
    stopped: () => trainers.isStopping(),
    abandon({ id, items }) {
      say(`${id}: stopped, since nothing that it is compared with can be done. Its checkpoint is kept.`);
      trainers.stopAt(items.map((item) => absoluteFolder(experiment.root, item)));
    },
  });
  return [...ends.values()];
}

/** What an item throws is said in the log and ends that item alone. */
export async function survives(id: string, act: () => Promise<boolean>): Promise<boolean> {
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
