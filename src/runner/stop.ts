import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from '../config/resolved';
import type { Lease } from '../runs/files';
import { absoluteFolder, readPlan } from '../runs/folder';
import { experimentFiles, runFiles } from '../runs/layout';
import { isHeld, readLease } from '../runs/lease';
import { isAlive } from '../runs/liveness';
import { requestStop } from '../runs/stop';
import { killTree } from './processTree';

type Where = Pick<Experiment, 'root' | 'runsFolder'>;

/** Whether a runner executes the experiment, on this host or another. */
export const isRunning = ({ runsFolder }: Pick<Where, 'runsFolder'>): Promise<boolean> =>
  isHeld(experimentFiles(runsFolder).runner);

/**
 * Asks runner and trainers of an experiment to stop, waits `grace` seconds, then ends what is left of them on this machine,
 * with all that they started.
 *
 * @returns by-itself: all ended when asked. killed: some had to be ended. elsewhere: another host is still at work
 */
export async function stopNow(where: Where, grace = 0): Promise<'by-itself' | 'killed' | 'elsewhere'> {
  requestStop(where.runsFolder);
  let left = await atWork(where);
  for (const end = Date.now() + grace * 1000; left.length > 0 && Date.now() < end; left = await atWork(where))
    await sleep(100);
  if (left.length === 0) return 'by-itself';
  const here = left.filter((lease) => lease.host === hostname());
  for (const { pid } of here) await killTree(pid);
  return here.length < left.length ? 'elsewhere' : 'killed';
}

/** The live processes that hold the experiment or one of its runs; the runner comes first. */
async function atWork({ root, runsFolder }: Where): Promise<Lease[]> {
  const { value: plan } = await readPlan(runsFolder);
  // A teacher may be another experiment's: those of this runner end with its tree.
  const runs = (plan?.items ?? []).filter((item) => item.kind === 'run');
  const files = [
    experimentFiles(runsFolder).runner,
    ...runs.map((item) => runFiles(absoluteFolder(root, item)).lease),
  ];
  const leases = (await Promise.all(files.map(readLease))).filter((lease) => lease !== null);
  const alive = await Promise.all(leases.map(isAlive));
  return leases.filter((_, index) => alive[index]);
}
