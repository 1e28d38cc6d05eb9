import { UserError } from '../config/errors';
import { checkFinite, classesOf, exampleShape, wholeLabels } from './checks';
import type { RawData } from './dataSet';
import { withDataFile, type DataFile } from './files';
import { inMemory, inParts } from './inputs';
import { Rounding, type RoundedColumn } from './rounding';

// http://yann.lecun.com/exdb/mnist: two zero bytes, the type, the number of dimensions, their sizes, the values; big-endian.
const types: Record<number, { bytes: number; read: (bytes: Buffer, at: number) => number }> = {
  0x08: { bytes: 1, read: (b, at) => b.readUInt8(at) },
  0x09: { bytes: 1, read: (b, at) => b.readInt8(at) },
  0x0b: { bytes: 2, read: (b, at) => b.readInt16BE(at) },
  0x0c: { bytes: 4, read: (b, at) => b.readInt32BE(at) },
  0x0d: { bytes: 4, read: (b, at) => b.readFloatBE(at) },
  0x0e: { bytes: 8, read: (b, at) => b.readDoubleBE(at) },
};
const UINT8 = 0x08;
/** Number of values that are read at once. */
const AT_ONCE = 1 << 16;

/** Images (or any inputs) and labels in two IDX files. @throws UserError */
export async function readIdx(options: {
  images: string;
  labelFile: string;
  classes?: string[] | undefined;
  scale?: number | undefined;
}): Promise<RawData> {
  const { images, labelFile, scale = 255 } = options;
  const { shape, values, divisor, rounded } = await withDataFile(images, (data) => readArray(data, scale));
  const labelled = await withDataFile(labelFile, (data) => readArray(data, 1));
  const [count = 0, ...rest] = shape;
  if (rest.length === 0)
    throw new UserError(
      `${images} has one dimension, so it seems to contain labels. Expected the file with the images.`,
    );
  if (labelled.shape.length !== 1)
    throw new UserError(
      `${labelFile} has ${labelled.shape.length} dimensions, but labels have one. Expected the file with the labels.`,
    );
  const inputs = inMemory(values, count, divisor);
  for (const part of inParts(inputs)) checkFinite(part.values, inputs.width, images, part.first);
  const labels = wholeLabels(labelled.values, labelFile);
  return {
    inputs,
    rounded,
    inputShape: exampleShape(rest),
    labels,
    classes: classesOf(labels, count, options.classes, labelFile),
  };
}

/** Values and the divisor that is still to be applied: bytes are kept as bytes, others are divided by `scale` when read. */
async function readArray(
  data: DataFile,
  scale: number,
): Promise<{
  shape: number[];
  values: Uint8Array | Float32Array;
  divisor: number;
  rounded?: RoundedColumn[] | undefined;
}> {
  const { type, shape, start } = await readHeader(data);
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 0)
    throw new UserError(
      `${data.file} is empty: its shape is [${shape.join(', ')}]. Expected at least one example.`,
    );
  const { bytes, read } = types[type]!;
  const declared = start + count * bytes;
  data.expect(declared);
  if (type === UINT8) {
    const values = new Uint8Array(count);
    await data.fillWhole(values, declared);
    await data.expectEnd();
    return { shape, values, divisor: scale };
  }
  const values = new Float32Array(count);
  const rounding = shape.length === 2 ? new Rounding(shape[1]!) : null;
  const block = Buffer.alloc(bytes * Math.min(count, AT_ONCE));
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - first);
    await data.fillWhole(block.subarray(0, some * bytes), declared);
    for (let i = 0; i < some; i++) {
      const value = read(block, i * bytes) / scale;
      values[first + i] = value;
      rounding?.add((first + i) % shape[1]!, value);
    }
  }
  await data.expectEnd();
  return { shape, values, divisor: 1, rounded: rounding?.found() };
}

/** @returns the type, the shape, and the number of bytes before the values */
async function readHeader(data: DataFile): Promise<{ type: number; shape: number[]; start: number }> {
  const head = Buffer.alloc(4);
  const there = await data.fill(head);
  const [zero, another, type = 0, dimensions = 0] = head;
  if (zero !== 0 || another !== 0 || types[type] === undefined || dimensions === 0)
    throw new UserError(
      `${data.file} is not an IDX file: it starts with ${head.toString('hex', 0, there)} instead of two zero bytes, a type and the number of dimensions. Check the path, or read it as CSV or NPY.`,
    );
  const sizes = Buffer.alloc(4 * dimensions);
  const start = head.length + sizes.length;
  await data.fillWhole(sizes, start);
  const shape = Array.from({ length: dimensions }, (_, d) => sizes.readUInt32BE(4 * d));
  return { type, shape, start };
}
