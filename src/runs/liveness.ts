import { hostname } from 'node:os';
import type { Lease } from './files';
import { processExists, processStart } from './processes';

/** Milliseconds without a heartbeat after which a process of another host counts as dead. */
export const SILENCE = 30_000;

export type Liveness = 'alive' | 'dead' | 'unknown';

/**
 * Whether the process that holds a lease still runs. On this host the system knows. Of others it is whether the heartbeat
 * grows: that is watched by this process's own clock, since clocks of two hosts may be hours apart. So it is unknown until
 * the lease was read twice, some time apart.
 */
export async function livenessOf(lease: Lease, silence = SILENCE): Promise<Liveness> {
  if (lease.host === hostname()) {
    if (!processExists(lease.pid)) return 'dead';
    const started = await processStart(lease.pid);
    if (started !== null && lease.started !== null) return started === lease.started ? 'alive' : 'dead';
  }
  return watch(lease, silence);
}

/** The same at once, for what is only shown: where it is not known yet, as the two clocks have it. */
export async function isAlive(lease: Lease): Promise<boolean> {
  const liveness = await livenessOf(lease);
  return liveness === 'unknown' ? Date.now() - lease.heartbeat < SILENCE : liveness === 'alive';
}

/** By process: the largest heartbeat of any lease that it holds, when it was first seen, and whether it ever grew. */
const seen = new Map<string, { heartbeat: number; since: number; grew: boolean }>();

function watch({ host, pid, started, heartbeat }: Lease, silence: number): Liveness {
  const key = JSON.stringify([host, pid, started]);
  const last = seen.get(key);
  const now = performance.now();
  if (last === undefined || heartbeat > last.heartbeat) {
    seen.set(key, { heartbeat, since: now, grew: last !== undefined });
    return last === undefined ? 'unknown' : 'alive';
  }
  if (now - last.since >= silence) return 'dead';
  return last.grew ? 'alive' : 'unknown';
}
