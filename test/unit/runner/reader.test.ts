import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundles } from '../../../scripts/lib/bundles.mjs';
import { dataSchema } from '../../../src/config/data';
import { UserError } from '../../../src/config/errors';
import { ProcessReader } from '../../../src/runner/reader/reader';
import { isAtWork, until } from './stage';

const dist = mkdtempSync(join(tmpdir(), 'distillery-dist-'));
const MEMORY = 400e6;

/** Each start of the program leaves a file here, named by its process. */
const started = join(dist, 'started');
beforeAll(async () => {
  mkdirSync(started);
  await build({
    ...bundles.data,
    outdir: dist,
    banner: {
      js: `if (require('node:worker_threads').isMainThread) require('node:fs').writeFileSync(require('node:path').join(__dirname, 'started', String(process.pid)), '');`,
    },
  });
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

let folder: string;
let reader: ProcessReader;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-reader-'));
  for (const name of readdirSync(started)) rmSync(join(started, name));
  reader = readerWith({});
  return () => {
    reader.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
});

const readerWith = ({ memory = MEMORY, seconds = 60 }) =>
  new ProcessReader(dist, { limits: { memory, seconds }, folder: join(folder, 'answers') });
const starts = () => readdirSync(started).map(Number);

function put(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const table = (rows = 40) =>
  `x,y,kind\n${Array.from({ length: rows }, (_, i) => `${i},${i % 7},${i % 2 ? 'odd' : 'even'}`).join('\n')}\n`;

/** Big-endian. */
const swapped = (word: number) => Buffer.from(Uint32Array.of(word).buffer).swap32().readUInt32LE();

/** Asks what a table holds. */
function describeTable(name: string, more: object = {}, by = reader, signal?: AbortSignal) {
  const config = dataSchema.parse({ source: 'csv', file: name, label: 'kind', ...more });
  return by.ask('describe', [join(folder, name)], { config, folder }, signal);
}

async function sentenceOf(asking: Promise<unknown>): Promise<string> {
  const error: unknown = await asking.then(
    () => new Error('It could be read.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe('what was answered before', () => {
  it('starts no process, for another reader of the same answers neither', async () => {
    put('a.csv', table());
    const facts = await describeTable('a.csv');
    expect(facts).toMatchObject({ count: 40, classes: ['even', 'odd'], perClass: [20, 20] });
    expect(starts()).toHaveLength(1);
    expect(await describeTable('a.csv')).toEqual(facts);
    expect(await describeTable('a.csv', {}, readerWith({}))).toEqual(facts);
    expect(starts()).toHaveLength(1);
  });

  it.each([
    ['size', (file: string) => appendFileSync(file, '7,7,odd\n')],
    ['time', (file: string) => utimesSync(file, 1, 1)],
  ])('is asked anew when the file’s %s changed', async (_, change) => {
    const file = put('a.csv', table());
    await describeTable('a.csv');
    change(file);
    await describeTable('a.csv');
    expect(starts()).toHaveLength(2);
  });

  it('is asked anew for other settings', async () => {
    put('a.csv', table());
    const { hash } = await describeTable('a.csv');
    expect((await describeTable('a.csv', { scale: 2 })).hash).not.toBe(hash);
    expect(starts()).toHaveLength(2);
  });

  it('is asked anew where what was kept is damaged', async () => {
    put('a.csv', table());
    const facts = await describeTable('a.csv');
    const answers = join(folder, 'answers');
    for (const name of readdirSync(answers)) writeFileSync(join(answers, name), '{');
    expect(await describeTable('a.csv')).toEqual(facts);
    expect(starts()).toHaveLength(2);
  });

  it('is not needed: where nothing can be kept, files are read all the same', async () => {
    put('a.csv', table());
    put('answers', 'a file where a folder is wanted');
    expect((await describeTable('a.csv')).count).toBe(40);
  });
});

describe('questions at the same time', () => {
  it('that are the same are one', async () => {
    put('a.csv', table());
    const [one, other] = await Promise.all([describeTable('a.csv'), describeTable('a.csv')]);
    expect(one).toEqual(other);
    expect(starts()).toHaveLength(1);
  });
});

describe('files that cannot be read', () => {
  it('say what the data’s reader says, and are not tried again until they change', async () => {
    put('a.csv', 'x,kind\n1,a\nred,b\n');
    expect(await sentenceOf(describeTable('a.csv'))).toContain('a.csv, line 3, column x: "red"');
    await sentenceOf(describeTable('a.csv'));
    expect(starts()).toHaveLength(1);
    reader.forget();
    await sentenceOf(describeTable('a.csv'));
    expect(starts()).toHaveLength(2);
    put('a.csv', table());
    expect((await describeTable('a.csv')).count).toBe(40);
  });

  it('end at the limit of time, with their process', async () => {
    put('a.csv', table());
    const hurried = readerWith({ seconds: 0.001 });
    expect(await sentenceOf(describeTable('a.csv', {}, hurried))).toMatch(
      /a\.csv could not be read within 0\.001 seconds.*Copy the files/,
    );
    await until('the process is gone', () => !starts().some(isAtWork));
  });

  it('end at the limit of memory', async () => {
    put('a.csv', table(400_000));
    const small = readerWith({ memory: 120e6 });
    expect(await sentenceOf(describeTable('a.csv', {}, small))).toMatch(
      /a\.csv took more than 120 MB of memory.*float32 NPY/,
    );
    await until('the process is gone', () => !starts().some(isAtWork));
  });

  it('that are small and unpack to very much end in a sentence, at no cost here', async () => {
    const bomb = gzipSync(Buffer.alloc(192e6, '0,1\n'));
    expect(bomb.length).toBeLessThan(1e6);
    put('bomb.csv.gz', bomb);
    // Three times as many pixels as its header declares; as many as it declares, and hardly a byte on the disk.
    const header = (count: number) =>
      Buffer.from(Uint32Array.from([0x803, count, 1000, 1000]).map(swapped).buffer);
    put('more.gz', gzipSync(Buffer.concat([header(2), Buffer.alloc(6e6)])));
    put('bomb.gz', gzipSync(Buffer.concat([header(192), Buffer.alloc(192e6)])));
    put('labels', Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]));
    const describeImages = (images: string) => {
      const config = dataSchema.parse({ source: 'idx', images, labelFile: 'labels' });
      const files = [images, 'labels'].map((name) => join(folder, name));
      return reader.ask('describe', files, { config, folder });
    };
    const before = process.memoryUsage.rss();
    const unpacks = /with 0\.\d MB decompresses to more than \d+ MB.*decompress it yourself/;
    expect(await sentenceOf(describeTable('bomb.csv.gz'))).toMatch(unpacks);
    expect(await sentenceOf(describeImages('bomb.gz'))).toMatch(unpacks);
    expect(await sentenceOf(describeImages('more.gz'))).toContain(
      'more.gz has more than the 2000016 bytes declared in its header',
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
  });

  it('say so where something else ends the process', async () => {
    put('a.csv', table(400_000));
    const asking = sentenceOf(describeTable('a.csv'));
    await until('a process', () => starts().length === 1);
    process.kill(starts()[0]!, 'SIGKILL');
    expect(await asking).toMatch(/a\.csv could not be read: the process that read it ended \(SIGKILL\)/);
  });

  it('can be given up', async () => {
    put('a.csv', table(400_000));
    const given = new AbortController();
    const asking = sentenceOf(describeTable('a.csv', {}, reader, given.signal));
    await until('a process', () => starts().length === 1);
    given.abort();
    expect(await asking).toContain('a.csv was cancelled');
    await until('the process is gone', () => !starts().some(isAtWork));
  });
});
