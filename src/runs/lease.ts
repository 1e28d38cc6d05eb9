import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { UserError } from '../config/errors';
import { readAtMost } from '../config/wholeFile';
import { codeOf, discard, explainDisk, formatJson, unlessMissing } from './atomic';
import { leaseSchema, SCHEMA_VERSION, type Lease } from './files';
import { processExists, processStart } from './processes';

/** A lease has some hundred. */
const MOST_BYTES = 100_000;
const HEARTBEAT_EVERY = 2_000;
/** A lease of another host, or of one that cannot tell when a process started, is dead after so long a silence. */
const SILENCE = 30_000;

/** A lease that this process holds. */
export interface HeldLease {
  readonly lease: Lease;
  release(): void;
}

/**
 * Takes the lease of a run or of a runner: by making the file, or over from a process that is gone.
 * @throws UserError where a live process holds it, naming the process and its host.
 */
export async function acquireLease(file: string, attempt: number): Promise<HeldLease> {
  const started = await processStart(process.pid);
  const beat = (): Lease => ({
    schemaVersion: SCHEMA_VERSION,
    pid: process.pid,
    started,
    host: hostname(),
    attempt,
    heartbeat: Date.now(),
  });
  const lease = beat();
  for (;;) {
    if (makeFirst(file, lease)) break;
    const holder = await readLease(file);
    if (holder !== null && (await isAlive(holder))) throw new UserError(heldBy(file, holder));
    setAside(file, holder);
  }
  const timer = setInterval(() => {
    if (isOurs(file, lease)) replace(file, beat());
    else clearInterval(timer);
  }, HEARTBEAT_EVERY).unref();
  return {
    lease,
    release() {
      clearInterval(timer);
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

/** Whether the process that holds the lease still goes. On this host the system knows; of others the heartbeat tells. */
export async function isAlive(lease: Lease): Promise<boolean> {
  const beating = Date.now() - lease.heartbeat < SILENCE;
  if (lease.host !== hostname()) return beating;
  if (!processExists(lease.pid)) return false;
  const started = await processStart(lease.pid);
  if (started === null || lease.started === null) return beating;
  return started === lease.started;
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
  const aside = `${file}.${process.pid}-${randomBytes(3).toString('hex')}.dead`;
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

/** A missed heartbeat is no reason to end a training: the next one may be written. */
function replace(file: string, lease: Lease): void {
  try {
    withTemporary(file, lease, (temporary) => renameSync(temporary, file));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

function withTemporary<T>(file: string, lease: Lease, act: (temporary: string) => T): T {
  const temporary = `${file}.${process.pid}-${randomBytes(3).toString('hex')}.tmp`;
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
