import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { UserError } from '../../../src/config/errors';
import type { DataSet } from '../../../src/data/dataSet';
import { range } from '../../../src/data/inputs';
import { describeData, loadData } from '../../../src/data/load';
import { formatNpy, parseNpy } from '../../../src/data/npy';

fc.configureGlobal({ seed: 0 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return name;
};
const load = (config: object) => loadData(dataSchema.parse(config), folder);
const all = ({ inputs, count }: DataSet) => inputs.take(range(0, count));
async function sentenceOf(config: object): Promise<string> {
  const error: unknown = await load(config).then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

/** IDX bytes of unsigned bytes. */
function idx(shape: number[], values: number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(shape.length, 3);
  shape.forEach((size, d) => header.writeUInt32BE(size, 4 + 4 * d));
  return Buffer.concat([header, Buffer.from(values)]);
}

/** NPY bytes with a header as NumPy writes it. */
function npy(type: string, shape: string, data: Uint8Array, fortran = 'False'): Buffer {
  const dict = `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const header = Buffer.from(`${dict.padEnd(118 - 1)}\n`);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, header, data]);
}
const bytes = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

describe('digits', () => {
  it('are 1,797 images of ten classes, between 0 and 1', async () => {
    const facts = await describeData(
      dataSchema.parse({
        source: 'digits',
        split: { train: 1000, validation: 297, test: 500 },
        labels: { count: 100 },
      }),
      folder,
    );
    expect(facts.inputShape).toEqual([64]);
    // The counts that scikit-learn gives of its copy.
    expect(facts.perClass).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    expect(facts.counts).toEqual({ train: 1000, labelled: 100, validation: 297, test: 500 });
    const digits = await load({ source: 'digits' });
    const pixels = all(digits);
    expect(pixels.reduce((a, b) => a + b, 0) * 16).toBe(561718);
    expect(Math.min(...pixels.subarray(0, 10_000))).toBe(0);
    // The first is a 0: its first row of pixels.
    expect([...pixels.subarray(0, 8)].map((v) => v * 16)).toEqual([0, 0, 5, 13, 9, 1, 0, 0]);
    expect(digits.labels[0]).toBe(0);
  });

  it('take the shape of an image', async () => {
    const image = await load({ source: 'digits', shape: [8, 8, 1] });
    expect(image.inputShape).toEqual([8, 8, 1]);
    expect(image.hash).not.toBe((await load({ source: 'digits' })).hash);
    expect(await sentenceOf({ source: 'digits', shape: [7, 7] })).toContain('does not match the 64 pixels');
  });
});

describe('IDX', () => {
  const config = { source: 'idx', images: 'images', labelFile: 'labels' };

  it('reads images and labels, compressed or not, and divides by 255', async () => {
    put('images', idx([3, 2, 2], [0, 51, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
    put('labels', idx([3], [0, 1, 2]));
    const plain = await load(config);
    expect(plain.inputShape).toEqual([2, 2, 1]);
    expect([...all(plain).subarray(0, 3)]).toEqual([0, Math.fround(0.2), 1]);
    expect([...plain.labels]).toEqual([0, 1, 2]);
    expect(plain.classes).toEqual(['0', '1', '2']);
    put('images.gz', gzipSync(idx([3, 2, 2], [0, 51, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8])));
    const packed = await load({ ...config, images: 'images.gz' });
    expect(packed.hash).toBe(plain.hash);
    expect((await load({ ...config, scale: 1 })).hash).not.toBe(plain.hash);
  });

  it.each([
    [
      'wrong magic',
      Buffer.from('PK\x03\x04zip'),
      idx([3], [0, 1, 2]),
      'images is not an IDX file: it starts with 504b0304',
    ],
    ['truncated', idx([3, 2, 2], [1, 2]), idx([3], [0, 1, 2]), 'is truncated: it has 18 of 28 bytes'],
    [
      'truncated header',
      idx([3, 2, 2], []).subarray(0, 9),
      idx([3], [0, 1, 2]),
      'is truncated: it has 9 of 16 bytes',
    ],
    [
      'more than its header declares',
      idx([3, 1], [1, 2, 3, 4]),
      idx([3], [0, 1, 2]),
      'images has more than the 15 bytes declared in its header',
    ],
    ['fewer labels', idx([3, 1], [1, 2, 3]), idx([2], [0, 1]), 'has 2 labels for 3 inputs'],
    ['swapped', idx([3], [1, 2, 3]), idx([3], [0, 1, 2]), 'it seems to contain labels'],
    ['one class', idx([3, 1], [1, 2, 3]), idx([3], [1, 1, 1]), 'all examples have the class "1"'],
    ['empty', Buffer.alloc(0), idx([3], [0, 1, 2]), 'images is empty'],
    ['no values', idx([0, 2, 2], []), idx([3], [0, 1, 2]), 'is empty: its shape'],
    [
      'damaged gzip',
      gzipSync(idx([3, 1], [1, 2, 3])).subarray(0, 20),
      idx([3], [0, 1, 2]),
      'is a damaged or truncated gzip file',
    ],
  ])('%s', async (_, images, labels, sentence) => {
    put('images', images);
    put('labels', labels);
    expect(await sentenceOf(config)).toContain(sentence);
  });

  it('says that a file is missing, or a folder', async () => {
    expect(await sentenceOf({ ...config, images: 'nowhere' })).toContain(
      'nowhere does not exist. Check the path',
    );
    mkdirSync(join(folder, 'folder'), { recursive: true });
    expect(await sentenceOf({ ...config, images: 'folder' })).toContain('is a folder');
  });
});

describe('CSV', () => {
  const config = { source: 'csv', file: 'data.csv', label: 'kind' };

  it('finds the label by name and sorts classes by their letters', async () => {
    put('data.csv', '\uFEFFa,kind,b\r\n1,dog,2\r\n3,"cat",4e1\r\n');
    const data = await load(config);
    expect(data.classes).toEqual(['cat', 'dog']);
    expect([...data.labels]).toEqual([1, 0]);
    expect([...all(data)]).toEqual([1, 2, 3, 40]);
    expect(data.inputShape).toEqual([2]);
  });

  it('takes a number from the end, a shape, a scale, and sorts numeric classes as numbers', async () => {
    put('data.csv', '2,4,6,8,10\n1,1,1,1,9\n');
    const data = await load({ ...config, header: false, label: -1, shape: [2, 2, 1], scale: 2 });
    expect(data.classes).toEqual(['9', '10']);
    expect([...data.labels]).toEqual([1, 0]);
    expect([...all(data).subarray(0, 4)]).toEqual([1, 2, 3, 4]);
    expect(data.inputShape).toEqual([2, 2, 1]);
  });

  it('keeps the order of given classes', async () => {
    put('data.csv', 'kind,a\nlow,1\nhigh,2\n');
    expect([...(await load({ ...config, classes: ['low', 'mid', 'high'] })).labels]).toEqual([0, 2]);
  });

  it.each([
    ['ragged', 'kind,a,b\nx,1,2\ny,1\n', {}, 'data.csv, line 3: the row has 2 cells, but the header has 3'],
    ['NaN', 'kind,a\nx,1\ny,NaN\n', {}, 'data.csv: 1 cell is missing: line 3, column a (NaN)'],
    ['infinite', 'kind,a\nx,Infinity\ny,1\n', {}, 'line 2, column a: "Infinity"'],
    ['word', 'kind,a\nx,1\ny,red\n', {}, 'line 3, column a: "red"'],
    ['empty cell', 'kind,a\nx,1\ny,\n', {}, '1 cell is missing: line 3, column a (empty)'],
    ['no such column', 'sort,a\nx,1\n', {}, 'has no column "kind". Its columns are sort, a.'],
    [
      'column out of range',
      'kind,a\nx,1\ny,2\n',
      { label: 2 },
      'has 2 columns (0 to 1), but "label" contains 2',
    ],
    ['name without header', 'x,1\ny,2\n', { header: false }, 'must contain column numbers, not "kind"'],
    ['header taken for data', 'kind,a\nx,1\n', { header: false, label: 0 }, 'or is this a header?'],
    ['one class', 'kind,a\nx,1\nx,2\n', {}, 'all examples have the class "x"'],
    [
      'unknown label',
      'kind,a\nx,1\nq,2\n',
      { classes: ['x', 'y'] },
      'line 3: the label "q" is not in "classes" (x, y)',
    ],
    [
      'empty label',
      'kind,a\nx,1\n,2\n',
      {},
      '1 cell is missing: line 3, column kind (empty). 1 of them is a label',
    ],
    ['header only', 'kind,a\n', {}, 'has no rows below the header'],
    ['one column', 'kind\nx\n', {}, 'has one column'],
    ['empty file', '', {}, 'is empty'],
    ['binary', Buffer.from([1, 2, 0, 3]), {}, 'is binary, not text'],
    ['wrong shape', 'kind,a\nx,1\ny,2\n', { shape: [2, 2] }, 'has 1 inputs per row, but "shape" is [2, 2]'],
    ['open quote', 'kind,a\n"x,1\ny,2\n', {}, 'line 2: the quote (") that opens a cell here is not closed'],
  ])('%s', async (_, content, options, sentence) => {
    put('data.csv', content);
    expect(await sentenceOf({ ...config, ...options })).toContain(sentence);
  });

  it('reads the numbers that were written', async () => {
    const rows = fc.array(fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.nat(2)), {
      minLength: 4,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        fc.pre(new Set(values.map(([, label]) => label)).size > 1);
        put('round.csv', `x,kind\n${values.map(([x, label]) => `${x},${label}`).join('\n')}\n`);
        const data = await load({ source: 'csv', file: 'round.csv', label: 'kind' });
        expect([...all(data)]).toEqual(values.map(([x]) => x + 0));
      }),
      { numRuns: 40 },
    );
  });
});

describe('NPY', () => {
  const config = { source: 'npy', inputs: 'x.npy', labelFile: 'y.npy' };
  const two = npy('<i8', '(2,)', bytes(BigInt64Array.from([0n, 1n])));

  it.each([
    ['<f4', Float32Array.from([1, 2, 3, 4])],
    ['<f8', Float64Array.from([1, 2, 3, 4])],
    ['<i2', Int16Array.from([1, 2, 3, 4])],
    ['<u4', Uint32Array.from([1, 2, 3, 4])],
    ['<i8', BigInt64Array.from([1n, 2n, 3n, 4n])],
    ['<u8', BigUint64Array.from([1n, 2n, 3n, 4n])],
    ['|u1', Uint8Array.from([1, 2, 3, 4])],
    ['|i1', Int8Array.from([1, 2, 3, 4])],
    ['<f2', Uint16Array.from([0x3c00, 0x4000, 0x4200, 0x4400])],
  ])('reads %s', async (type, data) => {
    put('x.npy', npy(type, '(2, 2)', bytes(data)));
    put('y.npy', two);
    expect([...all(await load({ ...config, scale: 2 }))]).toEqual([0.5, 1, 1.5, 2]);
  });

  it('reads a large float32 file example by example, and says which one is not finite', async () => {
    const count = 5_700;
    const width = 3_000;
    const values = Float32Array.from({ length: count * width }, (_, i) => i % 1000);
    const write = () => put('large.npy', npy('<f4', `(${count}, ${width})`, bytes(values)));
    write();
    put(
      'many.npy',
      npy(
        '|u1',
        `(${count},)`,
        Uint8Array.from({ length: count }, (_, i) => i % 2),
      ),
    );
    const large = { source: 'npy', inputs: 'large.npy', labelFile: 'many.npy', scale: 10 };
    const data = await load(large);
    expect([data.inputs.count, data.inputs.width]).toEqual([count, width]);
    const taken = data.inputs.take([4_000, 0, 1]);
    expect([...taken.subarray(0, 2)]).toEqual([0, Math.fround(0.1)]);
    expect(taken.subarray(width)).toEqual(values.subarray(0, 2 * width).map((value) => value / 10));
    data.inputs.close();
    // What is read example by example is the same data as what is read at once.
    put('large.npy.gz', gzipSync(npy('<f4', `(${count}, ${width})`, bytes(values)), { level: 1 }));
    expect((await load({ ...large, inputs: 'large.npy.gz' })).hash).toBe(data.hash);
    values[5_000 * width + 7] = NaN;
    write();
    await expect(load(large)).rejects.toThrow('value 7 of example 5000 is NaN');
  });

  it('reads booleans as labels, and adds a channel axis to images', async () => {
    put('x.npy', npy('|u1', '(2, 1, 2)', Uint8Array.from([1, 2, 3, 4])));
    put('y.npy', npy('|b1', '(2,)', Uint8Array.from([1, 0])));
    const data = await load(config);
    expect([...data.labels]).toEqual([1, 0]);
    expect(data.inputShape).toEqual([1, 2, 1]);
  });

  const x = npy('<f4', '(2, 2)', bytes(Float32Array.from([1, 2, 3, 4])));
  it.each([
    ['Fortran order', npy('<f4', '(2, 2)', new Uint8Array(16), 'True'), two, 'is in Fortran order'],
    ['big-endian', npy('>f4', '(2, 2)', new Uint8Array(16)), two, 'has the type ">f4"'],
    ['complex', npy('<c8', '(2, 2)', new Uint8Array(32)), two, 'has the type "<c8"'],
    ['text', npy('<U3', '(2, 2)', new Uint8Array(48)), two, 'has the type "<U3"'],
    ['Python objects', npy('|O', '(2, 2)', new Uint8Array(9)), two, 'has the type "|O"'],
    ['truncated', npy('<f4', '(2, 2)', new Uint8Array(15)), two, 'is truncated: it has 143 of 144 bytes'],
    ['truncated header', x.subarray(0, 60), two, 'is truncated within its header'],
    ['only magic', x.subarray(0, 7), two, 'is truncated within its header'],
    ['wrong magic', Buffer.from('PK\x03\x04'), two, 'is not an NPY file'],
    [
      'NaN',
      npy('<f4', '(2, 2)', bytes(Float32Array.from([1, 2, 3, NaN]))),
      two,
      'value 1 of example 1 is NaN',
    ],
    [
      'infinite',
      npy('<f4', '(2, 2)', bytes(Float32Array.from([1, Infinity, 3, 4]))),
      two,
      'value 1 of example 0 is infinite',
    ],
    ['fewer labels', npy('<f4', '(3, 1)', new Uint8Array(12)), two, 'y.npy has 2 labels for 3 inputs'],
    ['one-hot labels', x, npy('|u1', '(2, 2)', new Uint8Array(4)), 'save their argmax'],
    [
      'labels in fractions',
      x,
      npy('<f4', '(2,)', bytes(Float32Array.from([0, 0.5]))),
      'contains the label 0.5',
    ],
    ['negative label', x, npy('|i1', '(2,)', bytes(Int8Array.from([0, -1]))), 'contains the label -1'],
    ['flat inputs', npy('|u1', '(2,)', new Uint8Array(2)), two, 'at least two dimensions'],
    [
      'huge integers',
      x,
      npy('<i8', '(2,)', bytes(BigInt64Array.from([0n, 1n << 40n]))),
      'does not fit into 32 bits',
    ],
  ])('%s', async (_, inputs, labels, sentence) => {
    put('x.npy', inputs);
    put('y.npy', labels);
    expect(await sentenceOf(config)).toContain(sentence);
  });

  it('decompresses no more than the header declares', async () => {
    put('x.npy', gzipSync(Buffer.concat([x, Buffer.alloc(1_000_000)])));
    put('y.npy', two);
    expect(await sentenceOf(config)).toContain('x.npy has more than the 144 bytes declared in its header');
  });

  it('says that a label is outside classes', async () => {
    put('x.npy', npy('<f4', '(3, 1)', new Uint8Array(12)));
    put('y.npy', npy('|u1', '(3,)', Uint8Array.from([0, 1, 2])));
    const sentence = await sentenceOf({ ...config, classes: ['a', 'b'] });
    expect(sentence).toContain('contains the label 2, but "classes" lists only 2 names (0 to 1)');
  });

  it('reads the array that was written', () => {
    const sized = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(100));
    fc.assert(
      fc.property(sized, ([rows, columns, seed]) => {
        const floats = Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(seed + i));
        expect(parseNpy(formatNpy(floats, [rows, columns]), 'x')).toEqual({
          shape: [rows, columns],
          data: floats,
        });
        const whole = Int32Array.from(floats, (v) => v * 1e9);
        expect(parseNpy(formatNpy(whole, [whole.length]), 'x')).toEqual({
          shape: [whole.length],
          data: whole,
        });
      }),
    );
  });

  it('throws only UserError on damaged files', () => {
    const good = Buffer.from(formatNpy(Float32Array.from([1, 2, 3, 4, 5, 6]), [2, 3]));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
        const damaged = Buffer.from(good);
        damaged[at] = value;
        try {
          parseNpy(damaged.subarray(0, length), 'x.npy');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('labels.file', () => {
  const config = (content: string) => {
    put('rows.txt', content);
    return { source: 'digits', labels: { file: 'rows.txt' } };
  };

  it('is read with the data and does not change their hash', async () => {
    const data = await load(config('# labelled\n3\n\n1\r\n3\n'));
    expect([...data.labelFile!]).toEqual([1, 3]);
    expect(data.hash).toBe((await load({ source: 'digits' })).hash);
  });

  it.each([
    ['1797\n', 'line 1: "1797" is not a row number of the data. Expected one number from 0 to 1796'],
    ['1\ntwo\n', 'line 2: "two"'],
    ['\n', 'contains no row numbers'],
  ])('%j', async (content, sentence) => {
    expect(await sentenceOf(config(content))).toContain(sentence);
  });
});

test('NPY numbers that do not begin on a multiple of 4 are read, as other writers leave them', () => {
  const aligned = formatNpy(Float32Array.of(1, 2, 3), [3]);
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n".padEnd(61);
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  const bytes = Buffer.concat([start, Buffer.from(header), aligned.subarray(aligned.length - 12)]);
  expect((start.length + header.length) % 4).toBe(3);
  expect([...parseNpy(bytes, 'x.npy').data]).toEqual([1, 2, 3]);
});
