import { statSync } from 'node:fs';
import { dump, parse } from 'npyjs';
import { UserError } from '../config/errors';
import { checkFinite, classesOf, exampleShape, wholeLabels } from './checks';
import type { RawData } from './dataSet';
import { readBytes } from './files';
import { inMemory, inParts, type Inputs } from './inputs';
import { parseHeader } from './npyHeader';
import { AT_ONCE, openNpyRows, type NpyRows } from './npyRows';
import { roundedColumns, type RoundedColumn } from './rounding';
import { own } from '../own';

/** An array as NumPy stores it: row-major numbers and their shape. */
export interface NpyArray {
  shape: number[];
  data: Float32Array | Float64Array | Int32Array;
}

// NumPy types: kind and size. Big-endian, complex, text and object arrays are not supported.
const BYTES: Record<string, number> = {
  b1: 1,
  i1: 1,
  u1: 1,
  i2: 2,
  u2: 2,
  f2: 2,
  i4: 4,
  u4: 4,
  f4: 4,
  i8: 8,
  u8: 8,
  f8: 8,
};

/** Inputs [N, …] and class numbers [N] in two NPY files. @throws UserError */
export async function readNpy(options: {
  inputs: string;
  labelFile: string;
  classes?: string[] | undefined;
  scale?: number | undefined;
}): Promise<RawData> {
  const { scale = 1, labelFile } = options;
  const { shape, inputs, rounded } = await openInputs(options.inputs, scale);
  try {
    const [count = 0, ...rest] = shape;
    for (const { first, values } of inParts(inputs)) checkFinite(values, inputs.width, options.inputs, first);
    const labels = await readLabels(labelFile);
    return {
      inputs,
      rounded,
      inputShape: exampleShape(rest),
      labels,
      classes: classesOf(labels, count, options.classes, labelFile),
    };
  } catch (error) {
    inputs.close();
    throw error;
  }
}

async function readLabels(file: string): Promise<Int32Array> {
  const { shape, data } = await readArray(file);
  if (shape.length !== 1)
    throw new UserError(
      `${file} has the shape [${shape.join(', ')}], but labels must be class numbers, [N]. For one-hot labels, save their argmax.`,
    );
  return wholeLabels(data, file);
}

/** A large float32 file is not read into memory but on demand. */
async function openInputs(
  file: string,
  scale: number,
): Promise<{ shape: readonly number[]; inputs: Inputs; rounded?: RoundedColumn[] }> {
  const rows = openLarge(file);
  if (rows) {
    const [count = 0, ...rest] = rows.shape;
    const width = rest.reduce((a, b) => a * b, 1);
    const take = (wanted: ArrayLike<number>) => scaled(rows.take(wanted), scale);
    return { shape: rows.shape, inputs: { count, width, take, close: () => rows.close() } };
  }
  const { shape, data } = await readArray(file);
  const [count = 0, ...rest] = shape;
  if (rest.length === 0)
    throw new UserError(
      `${file} has the shape [${count}], but inputs must have at least two dimensions, [N, …].`,
    );
  const rounded = rest.length === 1 && !(data instanceof Float32Array) ? roundedColumns(data, rest[0]!) : [];
  return { shape, inputs: inMemory(scaled(data, scale), count), rounded };
}

/** A gzip file is decompressed only up to the size in its NPY header. */
const readArray = async (file: string) => parseNpy(await readBytes(file, declaredBytes), file);

function declaredBytes(start: Buffer): number | null {
  try {
    const { type, shape, dataOffset } = parseHeader(start, '');
    return dataOffset + shape.reduce((a, b) => a * b, 1) * (own(BYTES, type.slice(1)) ?? NaN) || null;
  } catch {
    // parseNpy reports the problem.
    return null;
  }
}

/** Null if the file is small or cannot be read by rows; it is then read whole, which also reports problems. */
function openLarge(file: string): NpyRows | null {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= AT_ONCE) return null;
  try {
    return openNpyRows(file);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/**
 * Parses an NPY array of any real numeric type, little-endian, C order.
 * @throws UserError whose message begins with `file`
 */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const { type, fortran, shape, dataOffset } = parseHeader(bytes, file);
  const size = own(BYTES, type.slice(1));
  if (size === undefined || !/^[<|]/.test(type))
    throw new UserError(
      `${file} has the type "${type}", but only little-endian real numbers are supported. Save it with .astype("float32").`,
    );
  if (fortran && shape.length > 1)
    throw new UserError(
      `${file} is in Fortran order, which is not supported. Save it with numpy.ascontiguousarray(…).`,
    );
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 0)
    throw new UserError(
      `${file} is empty: its shape is [${shape.join(', ')}]. Expected at least one example.`,
    );
  const need = dataOffset + count * size;
  if (bytes.length !== need)
    throw new UserError(
      bytes.length < need
        ? `${file} is truncated: it has ${bytes.length} of ${need} bytes. Save it again.`
        : `${file} has ${bytes.length - need} bytes after its array. Save one array per file.`,
    );
  // Large arrays are usually float32 and aligned: no copy is needed.
  if (type === '<f4' && (bytes.byteOffset + dataOffset) % 4 === 0)
    return { shape, data: new Float32Array(bytes.buffer, bytes.byteOffset + dataOffset, count) };
  const { data } = parse(aligned(bytes, dataOffset));
  return { shape, data: plainNumbers(data, file) };
}

/** A copy whose numbers begin on a multiple of 8, as npyjs needs them: spaces are added to a header without padding. */
function aligned(bytes: Uint8Array, dataOffset: number): ArrayBuffer {
  const padding = (8 - (dataOffset % 8)) % 8;
  const header = Buffer.from(bytes.subarray(0, dataOffset));
  const long = header[6]! > 1;
  if (long) header.writeUInt32LE(header.readUInt32LE(8) + padding, 8);
  else header.writeUInt16LE(header.readUInt16LE(8) + padding, 8);
  const parts = [header, Buffer.alloc(padding, ' '), bytes.subarray(dataOffset)];
  return Uint8Array.from(Buffer.concat(parts)).buffer;
}

/** An NPY file with a float32 or int32 array, C order. */
export function formatNpy(data: Float32Array | Int32Array, shape: number[]): Uint8Array {
  return new Uint8Array(dump(data, shape));
}

/** In place if the numbers are float32 already. */
function scaled(values: NpyArray['data'], scale: number): Float32Array {
  const out = values instanceof Float32Array ? values : new Float32Array(values.length);
  if (out !== values || scale !== 1) for (let i = 0; i < out.length; i++) out[i] = values[i]! / scale;
  return out;
}

function plainNumbers(data: unknown, file: string): NpyArray['data'] {
  if (data instanceof Float32Array || data instanceof Float64Array || data instanceof Int32Array) return data;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Int32Array.from(data as BigInt64Array, (value) => {
      if (value < -(2n ** 31n) || value >= 2n ** 31n)
        throw new UserError(
          `${file} contains ${value}, which does not fit into 32 bits. Save it with .astype("float64").`,
        );
      return Number(value);
    });
  return Float64Array.from(data as ArrayLike<number>, Number);
}
