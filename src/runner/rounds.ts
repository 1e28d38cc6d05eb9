import { isDeepStrictEqual } from 'node:util';
import { isAllChosen } from '../runs/choose';
import { SCHEMA_VERSION, type EngineFile } from '../runs/files';
import { writePlan } from '../runs/folder';
import { noteMoves } from '../runs/moved';
import { ownPath } from '../runs/ownership';
import type { Plan } from '../runs/plan';
import { measureCosts } from './cost';
import { openTestSet } from './evaluate';
import { doItems, survives } from './items';
import { say } from './log';
import { missingItems, type Ready } from './missing';
import type { RunnerOptions } from './options';
import { addedIds, type ItemEnd } from './schedule';
import type { Work } from './train';
import type { Trainers } from './trainers';

/**
 * Does the plan, then what its results decide, such as fresh seeds for the winner of a sweep. The test set is opened by the last
 * round alone: when the results decide nothing new and nothing is left to train.
 */
export async function doRounds(
  { experiment, plan: first, planAgain }: Ready,
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
    const work = { experiment, plan, engine, trainers };
    const ends = await doItems(work, { ...options, only });
    const next = await planAgain();
    if (next === null) throw new Error('A plan that was there is gone.');
    const decided = !isDeepStrictEqual(next.choice, plan.choice);
    if (decided && !trainers.isStopping() && (only === undefined || options.goOn === true)) {
      say(decision(next));
      only = only && [...only, ...addedIds(plan.items, next.items)];
      plan = next;
      continue;
    }
    if (!decided && isAllChosen(experiment, plan))
      return { complete: await conclude(work, only, ends), plan };
    return { complete: isDone(only, ends), plan };
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

/** @returns whether everything that was to be done is done */
async function conclude(work: Work, only: RunnerOptions['only'], ends: readonly ItemEnd[]): Promise<boolean> {
  const { trainers } = work;
  const left = await missingItems(work);
  const isTrained = left.every((item) => item.kind === 'evaluate');
  const isOpened =
    isTrained &&
    !trainers.isStopping() &&
    (await survives('evaluate', () => openTestSet(work))) &&
    (await survives('cost', () => measureCosts(work)));
  return isOpened || (!isTrained && isDone(only, ends));
}

/** Of some items alone: whether all of them are done. */
const isDone = (only: RunnerOptions['only'], ends: readonly ItemEnd[]): boolean =>
  only !== undefined && ends.every((end) => end === 'done');
