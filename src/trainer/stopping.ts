import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RunFile } from '../runs/files';
import { stopRequested } from '../runs/stop';

/** Longest time between two looks at the files, in milliseconds. */
const LOOK_EVERY = 100;

let signalled = false;

/** From now on, the first SIGTERM or SIGINT stops after a checkpoint; a second one exits at once. */
export function listenForSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (signalled) process.exit(130);
      signalled = true;
    });
}

/**
 * Asks whether to stop: by a signal, or by a file `stop` in the run's folder or its experiment's. Now and then it lets
 * timers and signals have their turn.
 */
export function stopWatch(folder: string, kind: RunFile['kind']): () => Promise<boolean> {
  const folders = kind === 'student' ? [folder, dirname(dirname(folder))] : [folder];
  let looked = -Infinity;
  return async () => {
    if (performance.now() - looked < LOOK_EVERY) return signalled;
    await setImmediate();
    looked = performance.now();
    return signalled || folders.some(stopRequested);
  };
}
