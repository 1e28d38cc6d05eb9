import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../config/errors';
import { gather } from './inputs';
import { parseHeader } from './npyHeader';

/** A file of at most so many bytes is read at once. */
export const AT_ONCE = 64_000_000;
/** NumPy's headers have 128 bytes or little more. */
const HEADER = 4_096;

/** A float32 array [rows, …] in a file. */
export interface NpyRows {
  readonly shape: readonly number[];
  /** Rows in the order asked for, row-major, a copy. */
  take(rows: ArrayLike<number>): Float32Array;
  close(): void;
}

/**
 * Opens a float32 array [rows, …] in an NPY file. A large one is read row by row: memory does not grow with it.
 *
 * @throws UserError that begins with the file; what the system throws where it is not there
 */
export function openNpyRows(file: string, atOnce = AT_ONCE): NpyRows {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(HEADER);
    const head = start.subarray(0, readSync(descriptor, start, 0, HEADER, 0));
    const { type, fortran, shape, dataOffset } = parseHeader(head, file);
    const [rows = 0, ...rest] = shape;
    const width = rest.reduce((a, b) => a * b, 1);
    const size = dataOffset + 4 * rows * width;
    if (type !== '<f4' || fortran || rest.length === 0 || fstatSync(descriptor).size !== size)
      throw new UserError(`${file} is no whole float32 array of rows. Make it again.`);
    const read = (first: number, out: Float32Array) => {
      readFully(descriptor, file, out, dataOffset + 4 * first * width);
      return out;
    };
    const close = () => closeSync(descriptor);
    if (size <= atOnce) {
      const whole = read(0, new Float32Array(rows * width));
      return { shape, take: (wanted) => gather(whole, width, wanted), close };
    }
    return { shape, take: (wanted) => takeRows(wanted, width, read), close };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Rows that follow each other in the file are read in one go. */
function takeRows(
  rows: ArrayLike<number>,
  width: number,
  read: (first: number, out: Float32Array) => void,
): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && rows[to] === rows[to - 1]! + 1) to++;
    read(rows[from]!, out.subarray(from * width, to * width));
    from = to;
  }
  return out;
}

/** One call of readSync may read less than it was asked for, 2 GB at most. */
function readFully(descriptor: number, file: string, out: Float32Array, position: number): void {
  const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(bytes.length - at, 2 ** 30);
    const count = readSync(descriptor, bytes, at, length, position + at);
    if (count === 0) throw new UserError(`${file} became shorter while it was read.`);
    at += count;
  }
}
