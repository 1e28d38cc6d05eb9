import { closeSync, openSync, readSync, statSync, appendFileSync, mkdirSync } from 'node:fs';
import { UserError } from '../config/errors';
import { dirname } from 'node:path';

/** The runner's own log is its stdout: a time and a sentence a line. */
export function logInfo(sentence: string): void {
  process.stdout.write(`${new Date().toISOString()} ${sentence.replaceAll('\n', '\n  ')}\n`);
}

const ERROR_MARK = 'error: ';

/** Logs an error with a mark by which `lastLoggedError` finds it. */
export function logError(sentence: string): void {
  logInfo(`${ERROR_MARK}${sentence}`);
}

/** The message of a UserError; the stack of any other error. */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Size of a log in bytes: the offset of what is written next. */
export const logSize = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** The last error that the runner logged after an offset; null if none. */
export function lastLoggedError(file: string, from = 0): string | null {
  const entries = textFrom(file, from).split(/\n(?! {2})/);
  const last = entries.findLast((entry) => entry.slice(STAMP).startsWith(ERROR_MARK));
  return last === undefined ? null : last.slice(STAMP + ERROR_MARK.length).replaceAll('\n  ', '\n');
}

/** The last lines of a log after an offset: for a runner that ended without logging an error. */
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
      // Writers of results report a full disk.
    }
  };
}
