import { closeSync, openSync, readSync, statSync, appendFileSync, mkdirSync } from 'node:fs';
import { UserError } from '../config/errors';
import { dirname } from 'node:path';

/** The runner's own log is its stdout: a time and a sentence a line. */
export function logInfo(sentence: string): void {
  process.stdout.write(`${new Date().toISOString()} ${sentence.replaceAll('\n', '\n  ')}\n`);
}

const ERROR_MARK = 'error: ';

/** Says what went wrong, marked, so that it can be found again. */
export function logError(sentence: string): void {
  logInfo(`${ERROR_MARK}${sentence}`);
}

/** A sentence for a person as it is; of a bug, where it happened. */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Bytes in a log; what is written later begins there. */
export const logSize = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What the runner complained of last, from an offset on; null where it did not. */
export function lastLoggedError(file: string, from = 0): string | null {
  const entries = textFrom(file, from).split(/\n(?! {2})/);
  const last = entries.findLast((entry) => entry.slice(STAMP).startsWith(ERROR_MARK));
  return last === undefined ? null : last.slice(STAMP + ERROR_MARK.length).replaceAll('\n  ', '\n');
}

/** The end of a log, from an offset on: for a runner that did not even complain. */
export function lastLines(file: string, from: number, count = 5): string {
  return textFrom(file, from).trimEnd().split('\n').slice(-count).join('\n');
}

/** Length of an ISO time and the space behind it. */
const STAMP = 25;

function textFrom(file: string, from: number): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(Math.max(0, logSize(file) - from));
      return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, from));
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}

/** Appends lines with their time to a log. A log that cannot be written ends no training. */
export function createFileLog(file: string): (line: string) => void {
  return (line) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
    } catch {
      // A full disk is said by who writes what matters.
    }
  };
}
