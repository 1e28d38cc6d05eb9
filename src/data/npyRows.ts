import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../config/errors';
import { parseHeader } from './npy';

/** A file of at most so many bytes is read at once. */
const AT_ONCE = 64_000_000;
/** NumPy's headers have 128 bytes or little more. */
const HEADER = 4_096;

/** A float32 matrix in a file. */
export interface NpyRows {
  readonly shape: readonly [rows: number, columns: number];
  /** Rows in the order asked for, row-major. */
  take(rows: ArrayLike<number>): Float32Array;
  close(): void;
}

/**
 * Opens a float32 matrix [rows, columns] in an NPY file. A large one is read row by row: memory does not grow with it.
 *
 * @throws UserError that begins with the file; what the system throws where it is not there
 */
export function openNpyRows(file: string, atOnce = AT_ONCE): NpyRows {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(HEADER);
    const { type, fortran, shape, dataOffset } = parseHeader(
      start.subarray(0, readSync(descriptor, start, 0, HEADER, 0)),
      file,
    );
    const [rows = 0, columns = 0] = shape;
    const size = dataOffset + 4 * rows * columns;
    if (type !== '<f4' || fortran || shape.length !== 2 || fstatSync(descriptor).size !== size)
      throw new UserError(`${file} is no whole float32 matrix. Delete it and run again.`);
    const read = (first: number, out: Float32Array) => {
      readFully(descriptor, out, dataOffset + 4 * first * columns);
      return out;
    };
    const whole = size <= atOnce ? read(0, new Float32Array(rows * columns)) : null;
    return {
      shape: [rows, columns],
      take(wanted) {
        const out = new Float32Array(wanted.length * columns);
        for (let i = 0; i < wanted.length; i++) {
          const to = i * columns;
          const row = wanted[i]!;
          if (whole) out.set(whole.subarray(row * columns, (row + 1) * columns), to);
          else read(row, out.subarray(to, to + columns));
        }
        return out;
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** One call of readSync may read less than it was asked for, 2 GB at most. */
function readFully(descriptor: number, out: Float32Array, position: number): void {
  const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(bytes.length - at, 2 ** 30);
    const count = readSync(descriptor, bytes, at, length, position + at);
    if (count === 0) throw new UserError('A file of soft targets became shorter while it was read.');
    at += count;
  }
}
