import { availableParallelism } from 'node:os';
import { UserError } from '../config/errors';
import { plural } from '../results/format';
import type { PlanItem } from '../runs/files';
import { absoluteFolder } from '../runs/folder';
import { explainGroups, groupItems } from '../runs/groups';
import { withComparisons } from './comparisons';
import { logError, logInfo, describeError } from './log';
import { missingItems, type RunnableExperiment } from './missingItems';
import type { RunnerOptions } from './options';
import { explainExit } from './processExit';
import { schedule, withPrerequisites, type ItemOutcome } from './schedule';
import { train, type WorkContext } from './train';
import { trainGroup } from './trainGroup';

/** How many trainers work at a time. */
export function trainerCount(
  { parallelism }: RunnableExperiment['experiment'],
  options: RunnerOptions,
  items: number,
): number {
  const most = options.parallelism ?? parallelism;
  return Math.max(1, Math.min(items, most === 'auto' ? availableParallelism() : most));
}

/** Trains and extracts what is missing of a plan. */
export async function runItems(context: WorkContext, options: RunnerOptions): Promise<ItemOutcome[]> {
  const { experiment, plan, engine, trainers } = context;
  const { only } = options;
  const missing = await missingItems(context);
  const wanted = only === undefined ? missing : withPrerequisites(missing, only);
  const items = wanted.filter((item) => item.kind !== 'evaluate');
  const most = trainerCount(experiment, options, items.length);
  const units = groupItems(items, plan, engine.numerics, most);
  const pool = Math.max(1, Math.min(most, units.length));
  // Parallel runs use processors better than threads do; threads get the processors that are left.
  trainers.threads = Math.max(1, Math.floor(availableParallelism() / pool));
  const there = plan.items.length - missing.length;
  logInfo(`${there} of ${plural(plan.items.length, 'item')} done; ${items.length} to do, ${pool} at once.`);
  const company = explainGroups(units, plan, engine.numerics);
  if (company !== null) logInfo(company);
  const ends = await schedule(withComparisons(units, plan), pool, {
    perform: ({ id, items }) => succeeds(id, () => trainUnit(items, context)),
    isStopping: () => trainers.isStopping(),
    abandon({ id, items }) {
      logInfo(
        `${id}: stopped, because none of the runs it would be compared with can finish. Its checkpoint is kept.`,
      );
      trainers.stopAt(items.map((item) => absoluteFolder(experiment.root, item)));
    },
  });
  return [...ends.values()];
}

/** Logs what an item throws; other items continue. */
export async function succeeds(id: string, act: () => Promise<boolean>): Promise<boolean> {
  try {
    return await act();
  } catch (error) {
    logError(`${id}: ${describeError(error)}`);
    return false;
  }
}

function trainUnit(items: readonly PlanItem[], context: WorkContext): Promise<boolean> {
  const [first, ...more] = items;
  if (more.length > 0) return trainGroup(items, context);
  return first!.kind === 'softTargets' ? extract(first!, context) : train(first!, context);
}

/** Does nothing where they are in the cache. */
async function extract(item: PlanItem, { experiment, plan, trainers }: WorkContext): Promise<boolean> {
  const folder = absoluteFolder(experiment.root, item);
  const { topK } = [...plan.drafts.values()].find((draft) => draft.topK !== undefined) ?? {};
  const more = topK === undefined ? [] : [`--top-k=${topK}`];
  const ending = await trainers.run(['extract', ...more, folder], folder, logInfo);
  if (ending.code === 0 || trainers.isStopping()) return ending.code === 0;
  throw new UserError(`No soft targets. ${explainExit(ending, { step: 0, checkpoint: null }).message}`);
}
