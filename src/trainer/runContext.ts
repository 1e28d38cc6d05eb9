import { loadData } from '../data/load';
import { ownClock, type Clock } from './clock';
import { log, type Log } from './log';
import { openSoftTargets } from './softTargets';
import { chooseStepper, type MakeStepper } from './steps/chooseStepper';

/** What a run takes from its process, possibly shared with other runs. */
export interface RunContext {
  makeStepper: MakeStepper;
  loadData: typeof loadData;
  openSoftTargets: typeof openSoftTargets;
  log: Log;
  /** Where runs share a process, each gets its share of the time. */
  clock: Clock;
  /** How many share it. */
  trainedTogether: number;
  /** Longest time between checkpoints in milliseconds, beyond the time between two evaluations. */
  checkpointEvery: number;
}

export const ownContext: RunContext = {
  makeStepper: chooseStepper,
  loadData,
  openSoftTargets,
  log,
  clock: ownClock,
  trainedTogether: 1,
  checkpointEvery: 0,
};
