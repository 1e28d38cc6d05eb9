import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { UserError } from '../../../src/config/errors';
import { describeData } from '../../../src/data/load';
import { formatNpy } from '../../../src/data/npy';
import { npyHeader } from '../../../src/data/npyHeader';
import { AT_ONCE } from '../../../src/data/npyRows';

let folder: string;
const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

/** Two rows that are large enough to stay in their file. */
const WIDTH = Math.ceil(AT_ONCE / 4 / 2) + 1;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-descriptors-'));
  const large = (values: Float32Array) => Buffer.concat([npyHeader([2, WIDTH]), Buffer.from(values.buffer)]);
  const values = new Float32Array(2 * WIDTH);
  put('large.npy', large(values));
  values[7] = NaN;
  put('holes.npy', large(values));
  put('labels.npy', formatNpy(Int32Array.from([0, 1]), [2]));
  put('same.npy', formatNpy(Int32Array.from([1, 1]), [2]));
  put('three.npy', formatNpy(Int32Array.from([0, 1, 2]), [3]));
  put('negative.npy', formatNpy(Int32Array.from([0, -1]), [2]));
  put('rows.txt', '9\n');
  put('images', Buffer.from([0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 1, 7]));
  put('labels', Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]));
  put('cut.gz', gzipSync(Buffer.alloc(100_000, 'kind,x\n')).subarray(0, 60));
  put('words.csv', `kind,x\n${'a,1\nb,red\n'.repeat(100_000)}`);
  mkdirSync(join(folder, 'folder'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npy = { source: 'npy', inputs: 'large.npy', labelFile: 'labels.npy' };
const csv = { source: 'csv', file: 'words.csv', label: 'kind' };
const split = { train: 1, validation: 0, test: 1 };

// Elsewhere the system does not tell which descriptors a process has.
describe.runIf(process.platform === 'linux')('what was opened is closed', () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;

  it('after a large file was described', async () => {
    const before = descriptors();
    expect(await describeData(dataSchema.parse({ ...npy, split }), folder)).toMatchObject({ count: 2 });
    expect(descriptors()).toBe(before);
  });

  it.each([
    ['an input that is no number', { ...npy, inputs: 'holes.npy' }],
    ['labels that are missing', { ...npy, labelFile: 'nowhere.npy' }],
    ['labels that are more than the inputs', { ...npy, labelFile: 'three.npy' }],
    ['a negative label', { ...npy, labelFile: 'negative.npy' }],
    ['one class', { ...npy, labelFile: 'same.npy' }],
    ['a row that is none', { ...npy, labels: { file: 'rows.txt' } }],
    ['a split that does not work out', { ...npy, split: { train: 90, validation: 0, test: 90 } }],
    ['IDX that is cut off', { source: 'idx', images: 'images', labelFile: 'labels' }],
    ['gzip that is cut off', { ...csv, file: 'cut.gz' }],
    ['a word among the numbers', csv],
    ['a folder', { ...csv, file: 'folder' }],
  ])('after %s', async (_, config) => {
    const before = descriptors();
    await expect(describeData(dataSchema.parse(config), folder)).rejects.toBeInstanceOf(UserError);
    expect(descriptors()).toBe(before);
  });
});
