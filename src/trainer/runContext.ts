import { loadData } from '../data/load';
import { ownClock, type Clock } from './clock';
import { log, type Log } from './log';
import { openSoftTargets } from './softTargets';
import { chooseStepper, type MakeStepper } from './steps/chooseStepper';

/** What a run shares with others of its process, where there are any. */
export interface RunContext {
  makeStepper: MakeStepper;
  loadData: typeof loadData;
  openSoftTargets: typeof openSoftTargets;
  log: Log;
  /** Where several share a process it goes as much slower for each. */
  clock: Clock;
  /** Milliseconds of training that a kill may cost at most, beyond the time between two evaluations. */
  checkpointEvery: number;
}

export const ownContext: RunContext = {
  makeStepper: chooseStepper,
  loadData,
  openSoftTargets,
  log,
  clock: ownClock,
  checkpointEvery: 0,
};
