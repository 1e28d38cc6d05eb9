import { UserError } from '../config/errors';

/** The header of a float32 array in C order, for writing the numbers after it. */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  // In NPY the numbers start at a multiple of 64 bytes, after a line feed.
  const length = Math.ceil((10 + description.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(description, 10, 'latin1');
  header.write('\n', header.length - 1);
  return header;
}

/** @throws UserError whose message begins with `file` */
export function parseHeader(bytes: Uint8Array, file: string) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString('latin1', 0, 6) !== '\x93NUMPY')
    throw new UserError(
      `${file} is not an NPY file: it does not start with \\x93NUMPY. Save it with numpy.save (not savez), or check the path.`,
    );
  const wide = (bytes[6] ?? 1) > 1;
  const start = wide ? 12 : 10;
  const length = buffer.length < start ? Infinity : wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8);
  if (buffer.length < start + length)
    throw new UserError(`${file} is truncated within its header. Save it again.`);
  const header = buffer.toString('latin1', start, start + length);
  const type = /'descr'\s*:\s*'([^']+)'/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([\d, ]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined)
    throw new UserError(
      `${file} does not contain a plain array: its header is ${header.trim()}. Save numbers with numpy.save.`,
    );
  return {
    type,
    fortran: /'fortran_order'\s*:\s*True/.test(header),
    shape: shape.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)])),
    dataOffset: start + length,
  };
}
