import { UserError } from '../config/errors';
import { absoluteFolder } from '../runs/folder';
import { appendLook, readLooks } from '../runs/looks';
import { promiseOf } from '../runs/promise';
import { say } from './log';
import { sealedFolders } from './missing';
import { explainEnding } from './outcome';
import type { Work } from './train';
import type { TrainerEnding } from './trainers';

/** Folders that a command line takes: Windows has room for 32,767 characters. */
const MOST_FOLDERS = 100;

/**
 * Opens the test set for all runs of a finished plan that have not seen it, in one process. Who looks is written down
 * before. A run that is in the book already, whose opening was cut short, is no second look.
 *
 * @returns whether all have seen it now
 * @throws UserError where the trainer fails
 */
export async function openTestSet({ experiment, plan, engine, trainers }: Work): Promise<boolean> {
  const sealed = sealedFolders(experiment.root, plan);
  if (sealed.length === 0) return true;
  const booked = new Set(
    (await readLooks(experiment.runsFolder)).flatMap((look) => look.runs.map((run) => run.identity)),
  );
  const runs = plan.items
    .filter((item) => item.kind === 'run' && sealed.includes(absoluteFolder(experiment.root, item)))
    .filter((item) => !booked.has(item.identity))
    .map(({ arm, seed, identity }) => ({ arm: arm ?? '', seed: seed ?? 0, identity }));
  if (runs.length > 0)
    appendLook(experiment.runsFolder, {
      time: new Date().toISOString(),
      runs,
      promise: promiseOf(experiment, plan, engine.numerics),
    });
  say(`The plan is done: the test set is opened for ${sealed.length} runs.`);
  const ending = await evaluateAll(sealed, { experiment, trainers });
  const left = sealedFolders(experiment.root, plan);
  if (left.length > 0 && !trainers.isStopping())
    throw new UserError(
      `The test set was not read. ${explainEnding(ending, { step: 0, checkpoint: null }).message}`,
    );
  return left.length === 0;
}

/** @returns how the last of its processes ended: the first that fails is the last */
async function evaluateAll(
  folders: readonly string[],
  { experiment, trainers }: Pick<Work, 'experiment' | 'trainers'>,
): Promise<TrainerEnding> {
  const some = folders.slice(0, MOST_FOLDERS);
  const rest = folders.slice(MOST_FOLDERS);
  const ending = await trainers.run(['evaluate', ...some], experiment.runsFolder, say);
  return ending.code === 0 && rest.length > 0 && !trainers.isStopping()
    ? evaluateAll(rest, { experiment, trainers })
    : ending;
}
