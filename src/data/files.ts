import { open, type FileHandle } from 'node:fs/promises';
import { UserError } from '../config/errors';
import { MOST, mostOf, PIECE, piecesOf, tooMuch } from './unpack';

/** The bytes of an open data file in order, decompressed if it is gzip. */
export class DataFile {
  /** Number of bytes read so far. */
  taken = 0;
  private piece: Uint8Array = new Uint8Array();
  private readonly pieces: AsyncIterator<Buffer>;

  constructor(
    readonly file: string,
    handle: FileHandle,
    readonly packed: boolean,
    /** Size on disk, in bytes. */
    readonly size: number,
  ) {
    this.pieces = piecesOf(file, handle, packed, size);
  }

  /** Fills an array until the file ends; returns the number of bytes. @throws UserError */
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

  /** Fills the whole array. @param declared size of the file according to its header @throws UserError if the file ends before */
  async fillWhole(target: Uint8Array, declared: number): Promise<void> {
    if ((await this.fill(target)) < target.length) throw this.cutOff(this.taken, declared);
  }

  /** To be called before memory is allocated for the declared size. @throws UserError if the file cannot have that size */
  expect(declared: number): void {
    if (!this.packed && this.size < declared) throw this.cutOff(this.size, declared);
    if (this.packed && declared > mostOf(this.size)) throw tooMuch(this.file, this.size);
  }

  /** @throws UserError unless the file ends here */
  async expectEnd(): Promise<void> {
    if ((await this.fill(new Uint8Array(1))) > 0)
      throw new UserError(
        `${this.file} has more than the ${this.taken - 1} bytes declared in its header. Download it or save it again.`,
      );
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private cutOff(there: number, declared: number): UserError {
    return new UserError(
      `${this.file} is truncated: it has ${there} of ${declared} bytes. Download it or save it again.`,
    );
  }
}

/** Opens a data file, calls `read` and closes the file in any case. @throws UserError */
export async function withDataFile<T>(file: string, read: (data: DataFile) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined;
  let data: DataFile | undefined;
  try {
    handle = await open(file);
    const there = await handle.stat();
    if (there.isDirectory()) throw new UserError(`${file} is a folder. Expected the path of a file.`);
    if (!there.isFile()) throw new UserError(`${file} is a device or a pipe. Expected the path of a file.`);
    if (there.size === 0) throw new UserError(`${file} is empty. Expected a file with examples.`);
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
 * All bytes of a data file, decompressed if it is gzip.
 *
 * @param declared returns the size according to the header at the start; null if the header does not contain it
 * @throws UserError
 */
export function readBytes(file: string, declared?: (start: Buffer) => number | null): Promise<Buffer> {
  return withDataFile(file, async (data) => {
    if (!data.packed) {
      if (data.size > MOST)
        throw new UserError(`${file} is larger than 2 GB, which cannot be read at once. Split it.`);
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
          `${file} has more than the ${limit} bytes declared in its header. Download it or save it again.`,
        );
      if (count < part.length) return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    }
  });
}

/** At most `most` bytes from the start of a data file, decompressed, and whether this is the whole file. @throws UserError */
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
    return `${file} does not exist. Check the path, which is relative to the experiment file.`;
  if (code === 'EACCES' || code === 'EPERM')
    return `${file} cannot be read: permission denied. Check its permissions.`;
  return `${file} cannot be read: ${error.message}`;
}
