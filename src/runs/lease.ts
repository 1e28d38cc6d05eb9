import { linkSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../config/errors';
import { readAtMost } from '../config/wholeFile';
import { codeOf, discard, explainDisk, formatJson, temporaryOf, unlessMissing } from './atomic';
import { leaseSchema, SCHEMA_VERSION, type Lease } from './files';
import { keepBeating } from './heartbeat';
import { livenessOf, SILENCE } from './liveness';
import { processStart } from './processes';

/** A lease has some hundred. */
const MOST_BYTES = 100_000;
/** In milliseconds: between two heartbeats, and how long a heartbeat may be missing before the process counts as dead. */
const TIMING = { every: 2_000, silence: SILENCE };
const LOOKS = 100;

/** A lease that this process holds. */
export interface HeldLease {
  readonly lease: Lease;
  release(): void;
}

/**
 * Takes the lease of a run or of a runner: by making the file, or over from a process that is gone. Whether one of another
 * host is gone is known once its heartbeat has been watched for `timing.silence`.
 *
 * @throws UserError where a live process holds it, naming the process and its host.
 */
export async function acquireLease(file: string, attempt: number, timing = TIMING): Promise<HeldLease> {
  const lease: Lease = {
    schemaVersion: SCHEMA_VERSION,
    pid: process.pid,
    started: await processStart(process.pid),
    host: hostname(),
    attempt,
    heartbeat: Date.now(),
  };
  while (!makeFirst(file, lease)) {
    const { holder, alive } = await watchLease(file, timing.silence);
    if (holder !== null && alive) throw new UserError(heldBy(file, holder));
    setAside(file, holder);
  }
  const stopBeating = keepBeating(file, lease, timing.every);
  return {
    lease,
    release() {
      stopBeating();
      if (isOurs(file, lease)) discard(file);
    },
  };
}

/** Null where there is none, or one that cannot be read. */
export async function readLease(file: string): Promise<Lease | null> {
  try {
    const bytes = await unlessMissing(readAtMost(file, MOST_BYTES));
    return bytes === null ? null : parseLease(bytes.toString());
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Whether a live process holds the lease, for certain: one of another host may have to be watched until that is known. */
export const isHeld = async (file: string, silence = SILENCE): Promise<boolean> =>
  (await watchLease(file, silence)).alive;

async function watchLease(file: string, silence: number): Promise<{ holder: Lease | null; alive: boolean }> {
  for (;;) {
    const holder = await readLease(file);
    if (holder === null) return { holder, alive: false };
    const liveness = await livenessOf(holder, silence);
    if (liveness !== 'unknown') return { holder, alive: liveness === 'alive' };
    await sleep(silence / LOOKS);
  }
}

function heldBy(file: string, holder: Lease): string {
  const where = holder.host === hostname() ? 'this machine' : holder.host;
  return `Process ${holder.pid} on ${where} is writing ${dirname(file)}. Wait for it to end, or stop it first.`;
}

function makeFirst(file: string, lease: Lease): boolean {
  return withTemporary(file, lease, (temporary) => {
    try {
      linkSync(temporary, file);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Moves a dead lease away. Of several who try, each looks at what it moved, and puts back what is not the dead one. */
function setAside(file: string, dead: Lease | null): void {
  const aside = temporaryOf(file);
  try {
    renameSync(file, aside);
    const moved = parseLease(readFileSync(aside, 'utf8'));
    if (moved !== null && (dead === null || !sameHolder(moved, dead))) linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw explainDisk(error, file);
  } finally {
    discard(aside);
  }
}

function withTemporary<T>(file: string, lease: Lease, act: (temporary: string) => T): T {
  const temporary = temporaryOf(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, formatJson(lease), { flag: 'wx' });
    return act(temporary);
  } catch (error) {
    throw explainDisk(error, file);
  } finally {
    discard(temporary);
  }
}

function isOurs(file: string, lease: Lease): boolean {
  try {
    const there = parseLease(readFileSync(file, 'utf8'));
    return there !== null && sameHolder(there, lease);
  } catch {
    return false;
  }
}

const sameHolder = (a: Lease, b: Lease) => a.pid === b.pid && a.host === b.host && a.started === b.started;

function parseLease(text: string): Lease | null {
  try {
    return leaseSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
