import { readFileSync, statSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { UserError } from './errors';

/** Bytes of a model.json: the topology of a network of thousands of layers has fewer. */
export const MOST_MANIFEST = 20_000_000;

/**
 * The bytes of a file that is read and parsed at once, which holds up everything else meanwhile.
 * @throws UserError where it has more bytes than that, or is no file; what the system throws where it cannot be read
 */
export async function readAtMost(file: string, most: number): Promise<Buffer> {
  check(file, await stat(file), most);
  return readFile(file);
}

/** The same at once. */
export function readAtMostSync(file: string, most: number): Buffer {
  check(file, statSync(file), most);
  return readFileSync(file);
}

function check(file: string, there: Stats, most: number): void {
  const { size } = there;
  // A link may lead to a device, which has no size and no end.
  if (!there.isFile()) throw new UserError(`${file} is no file: it is not read. Put a file there.`);
  if (size > most)
    throw new UserError(
      `${file} has ${megabytes(size)} MB, where at most ${megabytes(most)} MB were expected: it is not read. Is it the right file?`,
    );
}

const megabytes = (bytes: number) => Number((bytes / 1e6).toPrecision(3));
