import { dump, parse } from 'npyjs';
import { UserError } from '../config/errors';
import { checkFinite, classesOf, exampleShape, wholeLabels } from './checks';
import type { RawData } from './dataSet';
import { readBytes } from './files';

/** An array as NumPy stores it: row-major numbers and their shape. */
export interface NpyArray {
  shape: number[];
  data: Float32Array | Float64Array | Int32Array;
}

// NumPy's type: byte order, kind, size. Big-endian, complex, text and Python objects are not read.
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
  const array = parseNpy(await readBytes(options.inputs), options.inputs);
  const labelled = parseNpy(await readBytes(labelFile), labelFile);
  const [count = 0, ...rest] = array.shape;
  if (rest.length === 0)
    throw new UserError(
      `${options.inputs} has the shape [${count}]; inputs have at least two dimensions, [N, …].`,
    );
  if (labelled.shape.length !== 1)
    throw new UserError(
      `${labelFile} has the shape [${labelled.shape.join(', ')}]; labels are class numbers, [N]. One-hot labels: save their argmax.`,
    );
  const inputs = scaled(array.data, scale);
  checkFinite(inputs, inputs.length / count, options.inputs);
  const labels = wholeLabels(labelled.data, labelFile);
  return {
    inputs,
    inputShape: exampleShape(rest),
    labels,
    classes: classesOf(labels, count, options.classes, labelFile),
  };
}

/**
 * Parses NPY bytes, any real numeric type, little-endian, C order.
 * @throws UserError that begins with `file`
 */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const { type, fortran, shape, dataOffset } = parseHeader(bytes, file);
  const size = BYTES[type.slice(1)];
  if (size === undefined || !/^[<|]/.test(type))
    throw new UserError(
      `${file} has the type "${type}"; real numbers in little-endian order are read. Save it with .astype("float32").`,
    );
  if (fortran && shape.length > 1)
    throw new UserError(`${file} is in Fortran order. Save it with numpy.ascontiguousarray(…).`);
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 0) throw new UserError(`${file} holds no values: its shape is [${shape.join(', ')}].`);
  const need = dataOffset + count * size;
  if (bytes.length !== need)
    throw new UserError(
      bytes.length < need
        ? `${file} is cut off: it has ${bytes.length} bytes of ${need}. Save it again.`
        : `${file} has ${bytes.length - need} bytes after its array. Save one array a file.`,
    );
  // What is large is float32 as a rule, and lies aligned: no copy.
  if (type === '<f4' && (bytes.byteOffset + dataOffset) % 4 === 0)
    return { shape, data: new Float32Array(bytes.buffer, bytes.byteOffset + dataOffset, count) };
  // A copy of its own: the reader wants the numbers aligned, and a Buffer may begin anywhere.
  const { data } = parse(Uint8Array.from(bytes).buffer);
  return { shape, data: plainNumbers(data, file) };
}

/** The header of a float32 array in C order, for numbers that follow one by one. */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  // NumPy wants the numbers to begin at a multiple of 64 bytes, after a line feed.
  const length = Math.ceil((10 + description.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(description, 10, 'latin1');
  header.write('\n', header.length - 1);
  return header;
}

/** NPY bytes that numpy.load reads: float32 or int32, C order. */
export function formatNpy(data: Float32Array | Int32Array, shape: number[]): Uint8Array {
  return new Uint8Array(dump(data, shape));
}

/** @throws UserError that begins with `file` */
export function parseHeader(bytes: Uint8Array, file: string) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString('latin1', 0, 6) !== '\x93NUMPY')
    throw new UserError(
      `${file} is no NPY file: it does not begin with \\x93NUMPY. Save it with numpy.save (not savez), or check the path.`,
    );
  const wide = (bytes[6] ?? 1) > 1;
  const start = wide ? 12 : 10;
  const length = buffer.length < start ? Infinity : wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8);
  if (buffer.length < start + length)
    throw new UserError(`${file} is cut off within its header. Save it again.`);
  const header = buffer.toString('latin1', start, start + length);
  const type = /'descr'\s*:\s*'([^']+)'/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([\d, ]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined)
    throw new UserError(
      `${file} holds no plain array: its header says ${header.trim()}. Save numbers with numpy.save.`,
    );
  return {
    type,
    fortran: /'fortran_order'\s*:\s*True/.test(header),
    shape: shape.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)])),
    dataOffset: start + length,
  };
}

/** In place where the numbers are float32 already. */
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
        throw new UserError(`${file} holds ${value}, more than 32 bits. Save it with .astype("float64").`);
      return Number(value);
    });
  return Float64Array.from(data as ArrayLike<number>, Number);
}
