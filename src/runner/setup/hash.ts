import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../../config/errors';

/** @param expected SHA-256, hexadecimal @throws UserError where the file is missing or another one */
export async function checkHash(file: string, expected: string, signal?: AbortSignal): Promise<void> {
  if (!existsSync(file))
    throw new UserError(`${basename(file)} was not downloaded: the index gave another file, or none.`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  const found = hash.digest('hex');
  if (found !== expected)
    throw new UserError(
      `${basename(file)} is not the file that Distillery knows: its SHA-256 is ${found}, expected was ${expected}. It was not unpacked, and is deleted. Check which index pip is set to, and try again.`,
    );
}
