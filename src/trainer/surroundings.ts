import { loadData } from '../data/load';
import { log, type Log } from './log';
import { openSoftTargets } from './softTargets';
import { chooseStepper, type MakeStepper } from './steps/chooseStepper';

/** What a run shares with others of its process, where there are any. */
export interface Surroundings {
  makeStepper: MakeStepper;
  loadData: typeof loadData;
  openSoftTargets: typeof openSoftTargets;
  log: Log;
  /** A clock in milliseconds, of the time that falls to this run: where several share a process it goes as much slower. */
  now: () => number;
  /** Milliseconds of training that a kill may cost at most, beyond the time between two evaluations. */
  checkpointEvery: number;
}

export const alone: Surroundings = {
  makeStepper: chooseStepper,
  loadData,
  openSoftTargets,
  log,
  now: Date.now,
  checkpointEvery: 0,
};
