import { isDeepStrictEqual } from 'node:util';
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
import type { ItemEnd } from './schedule';
import type { Work } from './train';
import type { Trainers } from './trainers';

/** Does the plan, then what its results decide, such as fresh seeds for the winner of a sweep; at last opens the test set. */
export async function doRounds(
  { experiment, plan: first, planAgain }: Ready,
  engine: EngineFile,
  trainers: Trainers,
  options: RunnerOptions,
): Promise<{ complete: boolean; plan: Plan }> {
  const { runsFolder, name } = experiment;
  for (let plan = first; ;) {
    writePlan(runsFolder, {
      schemaVersion: SCHEMA_VERSION,
      experiment: name,
      file: ownPath(experiment),
      items: plan.items,
    });
    await noteMoves(experiment.root, plan);
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
