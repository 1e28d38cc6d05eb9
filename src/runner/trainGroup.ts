import type { PlanItem } from '../runs/files';
import { logInfo } from './log';
import { beginAttempt, endAttempt, train, untilOf, type Attempt, type WorkContext } from './train';

/** A line of one of several runs, by its place among the folders that the trainer was given. */
const NUMBERED = /^(\d+)> /;

/**
 * Trains runs side by side in one trainer, each with its own folder, log and end. A run that another process took in the
 * meantime is waited for afterwards.
 *
 * @param items to be trained equally far
 * @returns whether all of them are trained
 */
export async function trainGroup(items: readonly PlanItem[], context: WorkContext): Promise<boolean> {
  const { trainers } = context;
  const begun: (Attempt | boolean)[] = [];
  for (const item of items) begun.push(await beginAttempt(item, context));
  const runs = begun.filter((one) => typeof one !== 'boolean');
  if (runs.length === 0) return begun.every((one) => one === true);
  const folders = runs.map(({ folder }) => folder);
  const ending = await trainers.run(
    ['train', '--group', ...untilOf(items[0]!), ...folders],
    folders,
    (line) => {
      const [mark, place] = NUMBERED.exec(line) ?? [];
      if (mark === undefined) logInfo(line);
      else runs[Number(place)]?.log(line.slice(mark.length));
    },
  );
  const ends: boolean[] = [];
  for (const run of runs) {
    const end = await endAttempt(run, ending, context);
    ends.push(end ?? (await train(run.item, context)));
  }
  return !begun.includes(false) && ends.every(Boolean);
}
