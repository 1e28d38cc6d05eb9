import type * as fs from 'node:fs';
import { Worker, type MessagePort } from 'node:worker_threads';
import { temporaryOf } from './atomic';
import type { Lease } from './files';

/** One lease, as the thread gets it. */
interface HeartbeatTask {
  file: string;
  temporary: string;
  lease: Lease;
  /** Milliseconds between two beats. */
  every: number;
  /** One number that both threads see: IDLE, BEATING or STOPPED. */
  state: Int32Array;
}

const STOPPED = 2;
let thread: Worker | null = null;

/**
 * Renews the heartbeat of a lease from a thread of its own, so that it goes on while this one computes. A beat that fails is
 * tried again with the next; it ends for good where the lease is another's by then.
 *
 * @returns ends it: no beat is written any more once this returns
 */
export function keepBeating(file: string, lease: Lease, every: number): () => void {
  const state = new Int32Array(new SharedArrayBuffer(4));
  thread ??= startThread();
  thread.postMessage({ file, temporary: temporaryOf(file), lease, every, state } satisfies HeartbeatTask);
  return () => {
    // The thread may be in the middle of a beat, which takes as long as writing a small file does.
    while (Atomics.compareExchange(state, 0, 0, STOPPED) === 1) Atomics.wait(state, 0, 1, 100);
  };
}

function startThread(): Worker {
  const source = `(${beatAll.toString()})(require('node:worker_threads').parentPort, require('node:fs'))`;
  const worker = new Worker(source, { eval: true });
  worker.on('error', () => (thread = null));
  // The process ends without asking it.
  worker.unref();
  return worker;
}

/** Runs as the source of the thread: it may use its arguments alone. */
function beatAll(port: MessagePort, { readFileSync, renameSync, rmSync, writeFileSync }: typeof fs): void {
  const IDLE = 0;
  const BEATING = 1;
  port.on('message', ({ file, temporary, lease, every, state }: HeartbeatTask) => {
    const isAnothers = (): boolean => {
      try {
        const there = JSON.parse(readFileSync(file, 'utf8')) as Lease;
        return there.pid !== lease.pid || there.host !== lease.host || there.started !== lease.started;
      } catch {
        return false;
      }
    };
    const timer = setInterval(() => {
      if (Atomics.compareExchange(state, 0, IDLE, BEATING) !== IDLE) {
        clearInterval(timer);
        return;
      }
      try {
        if (isAnothers()) clearInterval(timer);
        else {
          // It never goes back, although a clock may: others look whether it grows.
          lease.heartbeat = Math.max(lease.heartbeat + 1, Date.now());
          writeFileSync(temporary, `${JSON.stringify(lease, null, 2)}\n`);
          renameSync(temporary, file);
        }
      } catch {
        rmSync(temporary, { force: true });
      } finally {
        Atomics.store(state, 0, IDLE);
        Atomics.notify(state, 0);
      }
    }, every);
  });
}
