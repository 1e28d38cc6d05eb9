import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UserError } from '../config/errors';

/** The bytes of a data file, unpacked where they are gzip. @throws UserError */
export async function readBytes(file: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UserError(reason(file, error), { cause: error });
  }
  if (bytes.length === 0) throw new UserError(`${file} is empty. Give a file with examples.`);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (error) {
    throw new UserError(
      `${file} is gzip that cannot be unpacked: it is damaged or was cut off. Fetch it again.`,
      {
        cause: error,
      },
    );
  }
}

function reason(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `${file} is not there. Check the path: it is relative to the experiment's file.`;
  if (code === 'EISDIR') return `${file} is a folder. Give the path of a file.`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read: no permission.`;
  if (code === 'ERR_FS_FILE_TOO_LARGE')
    return `${file} is larger than 2 GB, more than can be read at once. Split it.`;
  return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
