import type { PlanItem } from '../runs/files';
import { say } from './log';
import { begin, conclude, train, untilOf, type Begun, type Work } from './train';

/** A line of one of several runs, by its place among the folders that the trainer was given. */
const NUMBERED = /^(\d+)> /;

/**
 * Trains runs side by side in one trainer, each with its own folder, log and end. A run that another process took in the
 * meantime is waited for afterwards.
 *
 * @param items to be trained equally far
 * @returns whether all of them are trained
 */
export async function trainGroup(items: readonly PlanItem[], work: Work): Promise<boolean> {
  const { trainers } = work;
  const begun: (Begun | boolean)[] = [];
  for (const item of items) begun.push(await begin(item, work));
  const runs = begun.filter((one) => typeof one !== 'boolean');
  if (runs.length === 0) return begun.every((one) => one === true);
  const folders = runs.map(({ folder }) => folder);
  const ending = await trainers.run(
    ['train', '--together', ...untilOf(items[0]!), ...folders],
    folders,
    (line) => {
      const [mark, place] = NUMBERED.exec(line) ?? [];
      if (mark === undefined) say(line);
      else runs[Number(place)]?.log(line.slice(mark.length));
    },
  );
  const ends: boolean[] = [];
  for (const run of runs) {
    const end = await conclude(run, ending, work);
    ends.push(end ?? (await train(run.item, work)));
  }
  return !begun.includes(false) && ends.every(Boolean);
}
