import { UserError } from '../../config/errors';
import { bytes } from '../../results/format';
import { codeOf } from '../../runs/atomic';

/** The user cancelled: nothing is left of the set-up. */
export class SetUpCancelled extends UserError {}

export const diskFull = (folder: string, needed: number) =>
  new UserError(
    `The disk that holds ${folder} is full: setting up the engine takes ${bytes(needed)} there for a while. Free some space, or name another folder in the environment variable DISTILLERY_STORAGE, and try again.`,
  );

const FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|not enough space on the disk/i;
export const saysDiskFull = (lines: readonly string[]) => lines.some((line) => FULL.test(line));

/** The most informative line of a failed program: the one with the error, else its last. */
export function mostTellingLine(lines: readonly string[]): string {
  const said = lines
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '' && !/complete log of this run/.test(line));
  return said.find((line) => /\berror: /i.test(line)) ?? said.at(-1) ?? 'it printed nothing';
}

/** A sentence for a file system error; any other error unchanged. */
export function explainFolder(error: unknown, folder: string, needed: number): unknown {
  const code = codeOf(error) ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, needed);
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EBUSY', 'ENOTEMPTY'].includes(code)) return error;
  const advice =
    code === 'EBUSY' || code === 'ENOTEMPTY'
      ? 'A training may be using it: wait for its end and try again.'
      : 'Change its permissions, or name another folder in the environment variable DISTILLERY_STORAGE.';
  return new UserError(`${folder} cannot be changed (${code}). ${advice}`, { cause: error });
}
