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
  /** Milliseconds of training that a kill may cost at most, beyond the time between two evaluations. */
  checkpointEvery: number;
}

export const alone: Surroundings = {
  makeStepper: chooseStepper,
  loadData,
  openSoftTargets,
  log,
  checkpointEvery: 0,
};
