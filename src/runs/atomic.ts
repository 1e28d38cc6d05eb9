import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { UserError } from '../config/errors';
import { own } from '../own';

/** Writes the file whole or not at all, and so that a power cut keeps it. Makes the folder. @throws UserError */
export function writeAtomic(file: string, content: string | Uint8Array): void {
  withTemporary(file, content, (temporary) => renameSync(temporary, file));
}

/** The same, unless the file exists: then returns false. */
export function writeFirst(file: string, content: string | Uint8Array): boolean {
  let first = true;
  withTemporary(file, content, (temporary) => {
    try {
      linkSync(temporary, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      first = false;
    }
    rmSync(temporary);
  });
  return first;
}

/** The same for parts that arrive one by one, so that memory need not hold all of them. */
export async function writeParts(file: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = temporaryOf(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(temporary, 'wx');
    try {
      for await (const part of parts) writeFully(descriptor, part);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    syncFolder(dirname(file));
  } catch (error) {
    discard(temporary);
    throw explainDisk(error, file);
  }
}

export function writeJson(file: string, value: unknown): void {
  writeAtomic(file, formatJson(value));
}

export const formatJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Writes everything: one call of writeSync may write less than it was given. */
export function writeFully(descriptor: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

/** A temporary name in the folder of `file`. It names its owner, so that files of killed processes can be found. */
export const temporaryOf = (file: string): string =>
  `${file}.${ownHost()}-${process.pid}-${randomBytes(3).toString('hex')}.tmp`;

const ownHost = () =>
  hostname()
    .replaceAll(/[^\w-]/g, '_')
    .slice(0, 64);

/** The owner of a temporary file, by its name; null for any other file. `here`: a process of this host. */
export function ownerOf(name: string): { pid: number; here: boolean } | null {
  const [, host, pid] = /\.(?:([\w-]+)-)?(\d+)-[0-9a-f]{6}\.(?:tmp|dead)$/.exec(name) ?? [];
  return pid === undefined ? null : { pid: Number(pid), here: host === ownHost() };
}

function withTemporary(
  file: string,
  content: string | Uint8Array,
  finish: (temporary: string) => void,
): void {
  const folder = dirname(file);
  const temporary = temporaryOf(file);
  try {
    mkdirSync(folder, { recursive: true });
    const descriptor = openSync(temporary, 'wx');
    try {
      writeFully(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    finish(temporary);
    syncFolder(folder);
  } catch (error) {
    discard(temporary);
    throw explainDisk(error, file);
  }
}

/** Deletes a temporary file if possible: a failure here must not hide an earlier error. */
export function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
}

/** Makes a rename durable. Windows cannot open folders and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const sentences: Record<string, (file: string) => string> = {
  ENOSPC: (file) =>
    `The disk is full: ${file} could not be written. Free some space and resume; what was written before is kept.`,
  EDQUOT: (file) =>
    `Your disk quota is used up: ${file} could not be written. Free some space and resume; what was written before is kept.`,
  EROFS: (file) =>
    `${file} could not be written: the disk is read-only. Move the experiment, or set "runs" in distillery.json to a folder that can be written.`,
  EACCES: (file) =>
    `${file} could not be written: no permission. Change the folder's permissions, or set "runs" in distillery.json to a folder that can be written.`,
  ENOTDIR: (file) =>
    `${file} could not be written: a part of its path is a file, not a folder. Move that file away.`,
};
sentences['EPERM'] = sentences['EACCES']!;
sentences['EEXIST'] = sentences['ENOTDIR']!;

/** A sentence for a file system error; any other error unchanged. */
export function explainDisk(error: unknown, file: string): unknown {
  const sentence = own(sentences, codeOf(error) ?? '');
  return sentence === undefined ? error : new UserError(sentence(file), { cause: error });
}

/** The system's code of an error, e.g. "ENOENT"; undefined for any other. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The result of `read`; null if the file does not exist. */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}
