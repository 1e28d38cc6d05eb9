import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { didYouMean } from './wording';

/** Text of a file that is open and perhaps unsaved; undefined for every other file. */
export type ReadText = (path: string) => string | undefined;

/** A config file is a page of text; what is larger is something else by a wrong name. */
const MAX_BYTES = 1_000_000;

/** The text of a config file without its byte order mark, or what is wrong with the file as a sentence. */
export function loadText(path: string): { text: string } | { code: string; problem: string } {
  try {
    const there = statSync(path);
    const { size } = there;
    // A link may lead to a device, which has no size and no end.
    if (!there.isFile() && !there.isDirectory()) return { code: 'unreadable', problem: 'This is no file.' };
    if (size > MAX_BYTES) return tooLarge(size);
    const bytes = readFileSync(path);
    if (bytes.includes(0)) return notText;
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return notText;
    return { code: 'unreadable', problem: reason(error) };
  }
}

/** Of an open buffer: the same limits. */
export function bufferText(text: string): ReturnType<typeof loadText> {
  if (text.length > MAX_BYTES) return tooLarge(text.length);
  return text.includes('\0') ? notText : { text: text.startsWith('\uFEFF') ? text.slice(1) : text };
}

const notText = {
  code: 'not-text',
  problem: 'This is not UTF-8 text but binary data or another encoding: expected JSON, saved as UTF-8.',
};
const tooLarge = (size: number) => ({
  code: 'too-large',
  problem: `The file has ${(size / 1e6).toFixed(1)} MB, a config file at most 1 MB. Data and weights belong in files of their own.`,
});

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'There is no such file.';
  if (code === 'EISDIR') return 'This is a folder: expected a file.';
  if (code === 'EACCES' || code === 'EPERM') return 'The file may not be read: check its permissions.';
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

/** A path as others write it in a file of `folder`: relative where it can be, with forward slashes. */
export const pathFrom = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

/** The existing file near a path that does not exist: same ending, a name that may have been meant; relative to `folder`. */
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
