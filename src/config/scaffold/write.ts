import { closeSync, existsSync, mkdirSync, openSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors';

/** Files to write: path relative to a root, with forward slashes, to text. */
export type Files = Record<string, string>;

/**
 * Writes files under a root, all of them or none: existing files are not changed, and files that were written are removed
 * if another one cannot be written.
 *
 * @throws UserError that names a file that exists already or cannot be written
 */
export function writeScaffold(root: string, files: Files): void {
  const taken = Object.keys(files).find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw existsAlready(taken);
  const undo: (() => void)[] = [];
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    try {
      makeFolder(dirname(file), undo);
      const descriptor = openSync(file, 'wx');
      undo.push(() => rmSync(file));
      writeFileSync(descriptor, text);
      closeSync(descriptor);
    } catch (error) {
      undo.reverse().forEach((step) => step());
      throw sentenceFor(error, path, root);
    }
  }
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdirSync(folder));
}

const existsAlready = (path: string) =>
  new UserError(`${path} already exists. Choose another name; nothing was overwritten.`);

function sentenceFor(error: unknown, path: string, root: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return existsAlready(path);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new UserError(
      `${path} cannot be written: you have no write permission in ${root}. Nothing was created.`,
    );
  if (code === 'ENOSPC')
    return new UserError(`${path} cannot be written: the disk is full. Nothing was created.`);
  return new UserError(`${path} cannot be written: ${message}. Nothing was created.`);
}
