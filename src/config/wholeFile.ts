import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { UserError } from './errors';

/** Bytes of a model.json: the topology of a network of thousands of layers has fewer. */
export const MOST_MANIFEST = 20_000_000;

/**
 * The bytes of a file that is read and parsed at once, which holds up everything else meanwhile.
 * @throws UserError where it has more bytes than that; what the system throws where it cannot be read
 */
export async function readAtMost(file: string, most: number): Promise<Buffer> {
  check(file, (await stat(file)).size, most);
  return readFile(file);
}

/** The same at once. */
export function readAtMostSync(file: string, most: number): Buffer {
  check(file, statSync(file).size, most);
  return readFileSync(file);
}

function check(file: string, size: number, most: number): void {
  if (size > most)
    throw new UserError(
      `${file} has ${megabytes(size)} MB, where at most ${megabytes(most)} MB were expected: it is not read. Is it the right file?`,
    );
}

const megabytes = (bytes: number) => Number((bytes / 1e6).toPrecision(3));
