import { readFileSync, statSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { UserError } from './errors';

/** Maximum size of a model.json in bytes; networks with thousands of layers need less. */
export const MOST_MANIFEST = 20_000_000;

/**
 * The bytes of a file with at most `most` bytes, which is read and parsed at once and so blocks everything else.
 * @throws UserError if the file is larger or not a regular file; a system error if it cannot be read
 */
export async function readAtMost(file: string, most: number): Promise<Buffer> {
  check(file, await stat(file), most);
  return readFile(file);
}

/** The same, synchronously. */
export function readAtMostSync(file: string, most: number): Buffer {
  check(file, statSync(file), most);
  return readFileSync(file);
}

function check(file: string, there: Stats, most: number): void {
  const { size } = there;
  // A link may lead to a device, which has no size and no end.
  if (!there.isFile())
    throw new UserError(`${file} is not a regular file and was not read. Expected a file.`);
  if (size > most)
    throw new UserError(
      `${file} has ${megabytes(size)} MB, but at most ${megabytes(most)} MB were expected, so it was not read. Is it the right file?`,
    );
}

const megabytes = (bytes: number) => Number((bytes / 1e6).toPrecision(3));
