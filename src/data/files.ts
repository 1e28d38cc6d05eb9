import { open, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
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

/** At most so many bytes from the beginning of a data file, unpacked, and whether that is all of it. @throws UserError */
export async function readBeginning(file: string, most: number): Promise<{ start: Buffer; whole: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    const handle = await open(file);
    const magic = Buffer.alloc(2);
    await handle.read(magic, 0, 2, 0);
    const bytes = handle.createReadStream({ start: 0 });
    const text = magic[0] === 0x1f && magic[1] === 0x8b ? bytes.pipe(createGunzip()) : bytes;
    bytes.on('error', (error) => text.destroy(error));
    for await (const piece of text as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      if (size > most) break;
    }
    bytes.destroy();
  } catch (error) {
    throw new UserError(reason(file, error), { cause: error });
  }
  if (size === 0) throw new UserError(`${file} is empty. Give a file with examples.`);
  return { start: Buffer.concat(pieces).subarray(0, most), whole: size <= most };
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
