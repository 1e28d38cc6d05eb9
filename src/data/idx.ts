import { UserError } from '../config/errors';
import { checkFinite, classesOf, exampleShape, wholeLabels } from './checks';
import type { RawData } from './dataSet';
import { readBytes } from './files';
import { inMemory } from './inputs';

// http://yann.lecun.com/exdb/mnist: two zero bytes, the type, the number of dimensions, their sizes, the values; big-endian.
const types: Record<number, { bytes: number; read: (bytes: Buffer, at: number) => number }> = {
  0x08: { bytes: 1, read: (b, at) => b.readUInt8(at) },
  0x09: { bytes: 1, read: (b, at) => b.readInt8(at) },
  0x0b: { bytes: 2, read: (b, at) => b.readInt16BE(at) },
  0x0c: { bytes: 4, read: (b, at) => b.readInt32BE(at) },
  0x0d: { bytes: 4, read: (b, at) => b.readFloatBE(at) },
  0x0e: { bytes: 8, read: (b, at) => b.readDoubleBE(at) },
};

/** Images (or any inputs) and labels in two IDX files. @throws UserError */
export async function readIdx(options: {
  images: string;
  labelFile: string;
  classes?: string[] | undefined;
  scale?: number | undefined;
}): Promise<RawData> {
  const { images, labelFile, scale = 255 } = options;
  const { shape, values } = parseIdx(await readBytes(images), images);
  const labelled = parseIdx(await readBytes(labelFile), labelFile);
  const [count = 0, ...rest] = shape;
  if (rest.length === 0)
    throw new UserError(`${images} has one dimension: it seems to hold labels. Give the file of the images.`);
  if (labelled.shape.length !== 1)
    throw new UserError(
      `${labelFile} has ${labelled.shape.length} dimensions; labels have one. Give the file of the labels.`,
    );
  const inputs = Float32Array.from(values, (value) => value / scale);
  checkFinite(inputs, inputs.length / count, images);
  const labels = wholeLabels(labelled.values, labelFile);
  return {
    inputs: inMemory(inputs, count),
    inputShape: exampleShape(rest),
    labels,
    classes: classesOf(labels, count, options.classes, labelFile),
  };
}

function parseIdx(bytes: Buffer, file: string): { shape: number[]; values: Float64Array } {
  const type = types[bytes[2] ?? 0];
  const dimensions = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || type === undefined || dimensions === 0)
    throw new UserError(
      `${file} is no IDX file: it begins with ${bytes.toString('hex', 0, 4)}, where IDX has two zero bytes, a type and the number of dimensions. Check the path, or read it as CSV or NPY.`,
    );
  const headerEnd = 4 + 4 * dimensions;
  const cutOff = (need: number) =>
    new UserError(`${file} is cut off: it has ${bytes.length} bytes of ${need}. Fetch it again.`);
  if (bytes.length < headerEnd) throw cutOff(headerEnd);
  const shape = Array.from({ length: dimensions }, (_, d) => bytes.readUInt32BE(4 + 4 * d));
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 0) throw new UserError(`${file} holds no values: its shape is [${shape.join(', ')}].`);
  const need = headerEnd + count * type.bytes;
  if (bytes.length < need) throw cutOff(need);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = type.read(bytes, headerEnd + i * type.bytes);
  return { shape, values };
}
