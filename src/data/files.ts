import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../config/errors';
import { MOST, mostOf, PIECE, piecesOf, tooMuch } from './unpack';

/** The bytes of an open data file, unpacked where they are gzip, in their order. */
export class DataFile {
  /** Bytes that were taken. */
  taken = 0;
  private piece: Uint8Array = new Uint8Array();
  private readonly pieces: AsyncIterator<Buffer>;

  constructor(
    readonly file: string,
    handle: FileHandle,
    readonly packed: boolean,
    /** Bytes on the disk. */
    readonly size: number,
  ) {
    this.pieces = piecesOf(file, handle, packed, size);
  }

  /** Fills an array as far as the file goes; gives the number of bytes. @throws UserError */
  async fill(target: Uint8Array): Promise<number> {
    let at = 0;
    while (at < target.length) {
      if (this.piece.length === 0) {
        const next = await this.pieces.next();
        if (next.done) break;
        this.piece = next.value;
      }
      const part = this.piece.subarray(0, target.length - at);
      target.set(part, at);
      at += part.length;
      this.piece = this.piece.subarray(part.length);
    }
    this.taken += at;
    return at;
  }

  /** Fills an array whole. @param declared bytes that the file has by its header @throws UserError where it ends before */
  async fillWhole(target: Uint8Array, declared: number): Promise<void> {
    if ((await this.fill(target)) < target.length) throw this.cutOff(this.taken, declared);
  }

  /** Before room is made for what a header declares. @throws UserError where the file cannot hold that */
  expect(declared: number): void {
    if (!this.packed && this.size < declared) throw this.cutOff(this.size, declared);
    if (this.packed && declared > mostOf(this.size)) throw tooMuch(this.file, this.size);
  }

  /** @throws UserError where there is anything left */
  async expectEnd(): Promise<void> {
    if ((await this.fill(new Uint8Array(1))) > 0)
      throw new UserError(
        `${this.file} has more than the ${this.taken - 1} bytes that its header declares. Fetch it again, or save it again.`,
      );
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private cutOff(there: number, declared: number): UserError {
    return new UserError(
      `${this.file} is cut off: it has ${there} bytes of ${declared}. Fetch it again, or save it again.`,
    );
  }
}

/** Opens a data file, lets it be read and closes it, whatever comes. @throws UserError */
export async function withDataFile<T>(file: string, read: (data: DataFile) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined;
  let data: DataFile | undefined;
  try {
    handle = await open(file);
    const there = await handle.stat();
    if (there.isDirectory()) throw new UserError(`${file} is a folder. Give the path of a file.`);
    if (!there.isFile()) throw new UserError(`${file} is a device or a pipe. Give the path of a file.`);
    if (there.size === 0) throw new UserError(`${file} is empty. Give a file with examples.`);
    const start = Buffer.alloc(2);
    await handle.read(start, 0, 2, 0);
    data = new DataFile(file, handle, start[0] === 0x1f && start[1] === 0x8b, there.size);
    return await read(data);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error
      ? new UserError(reason(file, error), { cause: error })
      : error;
  } finally {
    await data?.close();
    await handle?.close();
  }
}

/**
 * All bytes of a data file, unpacked where they are gzip.
 *
 * @param declared how many there are by the header that they begin with; null where that does not say
 * @throws UserError
 */
export function readBytes(file: string, declared?: (start: Buffer) => number | null): Promise<Buffer> {
  return withDataFile(file, async (data) => {
    if (!data.packed) {
      if (data.size > MOST)
        throw new UserError(`${file} is larger than 2 GB, more than can be read at once. Split it.`);
      const bytes = Buffer.allocUnsafeSlow(data.size);
      return bytes.subarray(0, await data.fill(bytes));
    }
    const parts: Buffer[] = [];
    for (let limit = Infinity; ;) {
      const part = Buffer.allocUnsafeSlow(Math.max(PIECE, Math.min(data.taken, 16 * PIECE)));
      const count = await data.fill(part);
      if (count > 0) parts.push(part.subarray(0, count));
      if (parts.length === 1) limit = declared?.(parts[0]!) ?? Infinity;
      if (data.taken > limit)
        throw new UserError(
          `${file} has more than the ${limit} bytes that its header declares. Fetch it again, or save it again.`,
        );
      if (count < part.length) return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    }
  });
}

/** At most so many bytes from the beginning of a data file, unpacked, and whether that is all of it. @throws UserError */
export function readBeginning(file: string, most: number): Promise<{ start: Buffer; whole: boolean }> {
  return withDataFile(file, async (data) => {
    const bytes = Buffer.alloc(most + 1);
    const count = await data.fill(bytes);
    return { start: bytes.subarray(0, Math.min(count, most)), whole: count <= most };
  });
}

function reason(file: string, error: Error): string {
  const code = 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `${file} is not there. Check the path: it is relative to the experiment's file.`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read: no permission.`;
  return `${file} cannot be read: ${error.message}`;
}
