import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from './atomic';

// The file `stop` in an experiment's folder of runs, or in the folder of one run: it reaches trainers on other hosts too.
const stopFile = (folder: string) => join(folder, 'stop');

/** Asks the processes that work in `folder` to write a checkpoint and end. */
export function requestStop(folder: string): void {
  writeAtomic(stopFile(folder), `${new Date().toISOString()}\n`);
}

/** Whether a stop is asked for. Cheap: trainers ask between steps. */
export function stopRequested(folder: string): boolean {
  return existsSync(stopFile(folder));
}

/** Called by the runner before it starts, so that an old request does not stop a new run. */
export function clearStop(folder: string): void {
  rmSync(stopFile(folder), { force: true });
}
