import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readSync, fstatSync } from 'node:fs';
import { codeOf, explainDisk, writeFully } from './atomic';
import type { RunEvent } from './files';
import { runFiles } from './layout';

/** Longest time that an event waits in memory, in milliseconds. */
const FLUSH_AFTER = 100;

/** Appends the events of one attempt. Checkpoints and the end are on the disk when `write` returns. */
export interface EventWriter {
  /** From 1. */
  readonly attempt: number;
  write(event: RunEvent): void;
  flush(): void;
  close(): void;
}

/** Begins the next attempt at a run: two processes never get the same number. @throws UserError */
export function openEvents(folder: string): EventWriter {
  const { attempt, file, descriptor } = nextAttempt(folder);
  let lines: string[] = [];
  let flushed = Date.now();

  function flush(): void {
    flushed = Date.now();
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    explained(file, () => writeFully(descriptor, text));
  }
  // For the pauses; while steps follow each other without one, `write` looks at the clock.
  const timer = setInterval(flush, FLUSH_AFTER).unref();

  return {
    attempt,
    flush,
    write(event) {
      lines.push(`${JSON.stringify(event)}\n`);
      const lasting = event.event === 'checkpoint' || event.event === 'end';
      if (lasting || Date.now() - flushed >= FLUSH_AFTER) flush();
      if (lasting) explained(file, () => fsyncSync(descriptor));
    },
    close() {
      clearInterval(timer);
      flush();
      closeSync(descriptor);
    },
  };
}

/** Adds the end that a process could not write itself to its attempt; a torn line before it is closed first. */
export function appendEnd(folder: string, attempt: number, end: RunEvent & { event: 'end' }): void {
  const file = runFiles(folder).events(attempt);
  explained(file, () => {
    const descriptor = openSync(file, 'a+');
    try {
      const { size } = fstatSync(descriptor);
      const last = Buffer.alloc(1);
      if (size > 0) readSync(descriptor, last, 0, 1, size - 1);
      const torn = size > 0 && last.toString() !== '\n';
      writeFully(descriptor, `${torn ? '\n' : ''}${JSON.stringify(end)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

function nextAttempt(folder: string): { attempt: number; file: string; descriptor: number } {
  const files = runFiles(folder);
  return explained(files.events(1), () => {
    mkdirSync(folder, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const file = files.events(attempt);
      if (existsSync(file)) continue;
      try {
        return { attempt, file, descriptor: openSync(file, 'ax') };
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
  });
}

function explained<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw explainDisk(error, file);
  }
}
