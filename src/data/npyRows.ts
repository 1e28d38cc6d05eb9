import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../config/errors';
import { gather } from './inputs';
import { parseHeader } from './npyHeader';

/** Files up to this size in bytes are read at once. */
export const AT_ONCE = 64_000_000;
/** Bytes that contain the header; NumPy's headers usually have 128 bytes. */
const HEADER = 4_096;

/** A float32 array [rows, …] in a file. */
export interface NpyRows {
  readonly shape: readonly number[];
  /** A copy of these rows in this order, row-major. */
  take(rows: ArrayLike<number>): Float32Array;
  close(): void;
}

/**
 * Opens a float32 array [rows, …] in an NPY file. A large file is read by rows, so that memory does not grow with it.
 *
 * @throws UserError whose message begins with the file; a system error if it does not exist
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
      throw new UserError(`${file} is not a complete float32 array of rows. Create it again.`);
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

/** Consecutive rows are read together. */
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

/** One call of readSync may read less than requested, and at most 2 GB. */
function readFully(descriptor: number, file: string, out: Float32Array, position: number): void {
  const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(bytes.length - at, 2 ** 30);
    const count = readSync(descriptor, bytes, at, length, position + at);
    if (count === 0)
      throw new UserError(`${file} became shorter while it was being read. Do not change it during a run.`);
    at += count;
  }
}
