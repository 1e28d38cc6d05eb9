import { open, stat } from 'node:fs/promises';
import type { RunStatus } from '../results/summary';
import { unlessMissing } from './atomic';
import type { RunEvent } from './files';
import { runFiles } from './layout';
import { readLease } from './lease';
import { isAlive } from './liveness';
import { listAttempts, LONGEST_LINE, parseEvent } from './tail';

/** The state of a run, from its files alone. */
export interface RunState {
  status: RunStatus;
  /** The newest attempt; null before the first. */
  attempt: number | null;
  /** Steps done, as the newest event tells; null before the first. */
  step: number | null;
  /** Why it failed or stopped, as a sentence. */
  message: string | null;
  cause: (RunEvent & { event: 'end' })['cause'];
  /** Of the process that trains it. */
  pid: number | null;
  host: string | null;
  /** Milliseconds since 1970 of the newest event. */
  time: number | null;
}

/** Enough for the last few lines of most files of events. */
const LAST_BYTES = 1 << 16;
/** A trainer that writes no lease counts as running for this long after its newest line. */
const RECENT = 30_000;

/** Never throws on what the files hold. */
export async function runStatus(folder: string): Promise<RunState> {
  const files = runFiles(folder);
  const attempt = (await listAttempts(folder)).at(-1) ?? null;
  const { events, modified } =
    attempt === null ? { events: [], modified: 0 } : await lastEvents(files.events(attempt));
  const last = events.at(-1) ?? null;
  const lease = await readLease(files.lease);
  const alive = lease !== null && (await isAlive(lease));
  const state: RunState = {
    status: 'queued',
    attempt,
    step: last?.step ?? null,
    message: null,
    cause: null,
    pid: alive ? lease.pid : null,
    host: alive ? lease.host : null,
    time: last?.time ?? null,
  };
  if ((await unlessMissing(stat(files.result))) !== null) return { ...state, status: 'finished' };
  if (alive) return { ...state, status: 'running' };
  if (last?.event === 'end')
    return {
      ...state,
      status: last.cause === 'rung' ? 'paused' : last.status,
      message: last.message,
      cause: last.cause,
    };
  if (attempt === null) return state;
  if (lease === null && Date.now() - modified < RECENT) return { ...state, status: 'running' };
  return { ...state, status: 'interrupted' };
}

/** The newest event and perhaps some before it; a line may be as long as it likes. */
async function lastEvents(file: string): Promise<{ events: RunEvent[]; modified: number }> {
  const handle = await unlessMissing(open(file, 'r'));
  if (handle === null) return { events: [], modified: 0 };
  try {
    const { size, mtimeMs } = await handle.stat();
    for (let length = LAST_BYTES; ; length *= 4) {
      const from = Math.max(0, size - length);
      const buffer = Buffer.alloc(size - from);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
      const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
      // The first may lack its beginning, the last its end: neither parses then.
      const events = lines.flatMap((line) => parseEvent(line) ?? []);
      if (events.length > 0 || from === 0 || length > 2 * LONGEST_LINE) return { events, modified: mtimeMs };
    }
  } finally {
    await handle.close();
  }
}
