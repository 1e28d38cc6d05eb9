import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { didYouMean } from './wording';

/** Text of a file that is open in an editor, including unsaved changes; undefined for other files. */
export type ReadText = (path: string) => string | undefined;

/** No config file is larger than this. */
const MAX_BYTES = 1_000_000;

/** The text of a config file without its byte order mark, or a message that says why it cannot be read. */
export function loadText(path: string): { text: string } | { code: string; problem: string } {
  try {
    const there = statSync(path);
    const { size } = there;
    // A link may lead to a device, which has no size and no end.
    if (!there.isFile() && !there.isDirectory())
      return { code: 'unreadable', problem: 'This is not a regular file.' };
    if (size > MAX_BYTES) return tooLarge(size);
    const bytes = readFileSync(path);
    if (bytes.includes(0)) return notText;
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return notText;
    return { code: 'unreadable', problem: reason(error) };
  }
}

/** The same limits for an open editor buffer. */
export function bufferText(text: string): ReturnType<typeof loadText> {
  if (text.length > MAX_BYTES) return tooLarge(text.length);
  return text.includes('\0') ? notText : { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
}

const notText = {
  code: 'not-text',
  problem: 'This file is binary or has another encoding: expected JSON, saved as UTF-8.',
};
const tooLarge = (size: number) => ({
  code: 'too-large',
  problem: `The file has ${(size / 1e6).toFixed(1)} MB, but a config file may have at most 1 MB. Put data and weights in separate files.`,
});

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'The file does not exist.';
  if (code === 'EISDIR') return 'This is a folder: expected a file.';
  if (code === 'EACCES' || code === 'EPERM')
    return 'Permission to read the file is denied: check its permissions.';
  return `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

/** False also for what is no path, or a loop of links. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A path relative to `folder`, if possible, with forward slashes. */
export const pathFrom = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

/** An existing file with the same ending and a similar name as a missing one; relative to `folder`. */
export function nearFile(path: string, ending: string, folder: string): string | null {
  const folders = [...new Set([dirname(path), folder])];
  const candidates = folders.flatMap((f) =>
    filesIn(f)
      .filter((name) => name.endsWith(ending))
      .map((name) => join(f, name)),
  );
  const guess = didYouMean(
    basename(path, ending),
    candidates.map((c) => basename(c, ending)),
  );
  const found = candidates.filter((c) => basename(c, ending) === guess);
  return found.length === 1 ? pathFrom(folder, resolve(found[0] as string)) : null;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
