import { isDeepStrictEqual } from 'node:util';
import { plural } from '../results/format';
import { isAllChosen } from '../runs/planByResults';
import { SCHEMA_VERSION, type EngineFile } from '../runs/files';
import { writePlan } from '../runs/folder';
import { noteMoves } from '../runs/moved';
import { ownPath } from '../runs/ownership';
import type { Plan } from '../runs/plan';
import { measureCosts } from './measureCosts';
import { openTestSet } from './openTestSet';
import { runItems, succeeds } from './runItems';
import { logInfo } from './log';
import { missingItems, type RunnableExperiment } from './missingItems';
import type { RunnerOptions } from './options';
import { addedIds, type ItemOutcome } from './schedule';
import type { WorkContext } from './train';
import type { Trainers } from './trainers';

/**
 * Runs the plan, then what its results add, such as fresh seeds for the winner of a sweep. The test set is opened by the last
 * round alone: when the results decide nothing new and nothing is left to train.
 */
export async function runPlan(
  { experiment, plan: first, planAgain }: RunnableExperiment,
  engine: EngineFile,
  trainers: Trainers,
  options: RunnerOptions,
): Promise<{ complete: boolean; plan: Plan }> {
  const { runsFolder, name } = experiment;
  let { only } = options;
  for (let plan = first; ;) {
    writePlan(runsFolder, {
      schemaVersion: SCHEMA_VERSION,
      experiment: name,
      file: ownPath(experiment),
      items: plan.items,
    });
    await noteMoves(experiment.root, plan);
    const context = { experiment, plan, engine, trainers };
    const ends = await runItems(context, { ...options, only });
    const next = await planAgain();
    if (next === null) throw new Error('A plan that was there is gone.');
    const decided = !isDeepStrictEqual(next.choice, plan.choice);
    if (decided && !trainers.isStopping() && (only === undefined || options.goOn === true)) {
      logInfo(decision(next));
      only = only && [...only, ...addedIds(plan.items, next.items)];
      plan = next;
      continue;
    }
    if (!decided && isAllChosen(experiment, plan))
      return { complete: await finishPlan(context, only, ends), plan };
    return { complete: isDone(only, ends), plan };
  }
}

/** What the results so far decided, for the log. */
function decision({ arms, choice }: Plan): string {
  const chosen = arms.filter(({ slug }) => slug === choice.winner || slug === choice.scratch);
  if (chosen.length > 0) return `Best on validation: ${chosen.map(({ title }) => title).join(', beside ')}.`;
  const stages = [...choice.stages.values()];
  const left = stages.filter((stage) => !('ended' in stage)).length;
  return `Successive halving: ${left} of ${plural(stages.length, 'cell')} ${left === 1 ? 'goes' : 'go'} on.`;
}

/** @returns whether everything that was to be done is done */
async function finishPlan(
  context: WorkContext,
  only: RunnerOptions['only'],
  ends: readonly ItemOutcome[],
): Promise<boolean> {
  const { trainers } = context;
  const left = await missingItems(context);
  const isTrained = left.every((item) => item.kind === 'evaluate');
  const isOpened =
    isTrained &&
    !trainers.isStopping() &&
    (await succeeds('evaluate', () => openTestSet(context))) &&
    (await succeeds('cost', () => measureCosts(context)));
  return isOpened || (!isTrained && isDone(only, ends));
}

/** Of some items alone: whether all of them are done. */
const isDone = (only: RunnerOptions['only'], ends: readonly ItemOutcome[]): boolean =>
  only !== undefined && ends.every((end) => end === 'done');
