import { UserError } from '../../config/errors';
import { numberedLog } from '../log';
import { trainRun, type RunOutcome } from '../run';
import { listenForSignals } from '../stopping';
import { TrainingGroup } from './trainingGroup';
import { sharedReads } from './sharedReads';

/** Milliseconds. Writing checkpoints of forty small runs at every evaluation takes longer than training them. */
const CHECKPOINT_EVERY = 3_000;

/**
 * Trains runs together in this process, each with its own folder, lease, events and checkpoints, as if it were alone. Log
 * lines begin with the run's index in `folders`. A run that fails does not stop the others.
 *
 * @param until step to pause at; absent: train to the end
 * @returns exit code: 0 if all are finished or paused, 3 if some were stopped on request, 1 if some failed
 */
export async function trainGroup(folders: readonly string[], until?: number): Promise<number> {
  listenForSignals();
  const group = new TrainingGroup(folders.length);
  const reads = sharedReads();
  const { clock } = group;
  const outcomes = await Promise.all(
    folders.map(async (folder, index): Promise<RunOutcome> => {
      const slot = group.slot();
      const log = numberedLog(index);
      try {
        const { makeStepper } = slot;
        const shared = { trainedTogether: folders.length, checkpointEvery: CHECKPOINT_EVERY };
        const context = { ...reads, makeStepper, log, clock, ...shared };
        return await trainRun(folder, { until, context });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        log.error(error.message);
        return 'failed';
      } finally {
        slot.leave();
      }
    }),
  );
  reads.close();
  if (outcomes.includes('stopped')) return 3;
  return outcomes.includes('failed') ? 1 : 0;
}
