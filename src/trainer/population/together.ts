import { UserError } from '../../config/errors';
import { numbered } from '../log';
import { trainRun, type Outcome } from '../run';
import { listenForSignals } from '../stopping';
import { Population } from './population';
import { sharedReads } from './sharedReads';

/** Written at every evaluation, checkpoints of forty small runs take more time than their training. */
const CHECKPOINT_EVERY = 3_000;

/**
 * Trains runs side by side in this process, each with its folder, lease, events, checkpoints and end as if it were alone.
 * Their lines begin with their number in `folders`. A run that fails stops no other.
 *
 * @param until pause at this step; to the end where absent
 * @returns 0 where all are finished or paused, 3 where some stopped on request, 1 where some failed
 */
export async function trainTogether(folders: readonly string[], until?: number): Promise<number> {
  listenForSignals();
  const population = new Population(folders.length);
  const reads = sharedReads();
  const { clock } = population;
  const outcomes = await Promise.all(
    folders.map(async (folder, index): Promise<Outcome> => {
      const seat = population.seat();
      const log = numbered(index);
      try {
        const { makeStepper } = seat;
        const surroundings = { ...reads, makeStepper, log, clock, checkpointEvery: CHECKPOINT_EVERY };
        return await trainRun(folder, { until, surroundings });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        log.complain(error.message);
        return 'failed';
      } finally {
        seat.leave();
      }
    }),
  );
  reads.close();
  if (outcomes.includes('stopped')) return 3;
  return outcomes.includes('failed') ? 1 : 0;
}
