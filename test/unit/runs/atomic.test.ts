import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { explainDisk, writeAtomic, writeFirst } from '../../../src/runs/atomic';
import { openEvents } from '../../../src/runs/events';
import { runFiles } from '../../../src/runs/layout';
import { appendLook, readLooks } from '../../../src/runs/jsonLines';
import { clearStop, requestStop, stopRequested } from '../../../src/runs/stop';
import { step, temporaryFolder } from './fixtures';

/** What the next writes to a disk do: a full or read-only one cannot be had everywhere, and root may write anything. */
const refusal = vi.hoisted(() => ({ code: null as string | null, afterBytes: 0 }));
vi.mock('node:fs', async (original) => {
  const actual = await original<typeof fs>();
  const writeSync = (descriptor: number, bytes: Uint8Array, at: number) => {
    if (refusal.code === null) return actual.writeSync(descriptor, bytes, at);
    if (refusal.afterBytes > 0) {
      const part = actual.writeSync(descriptor, bytes, at, Math.min(refusal.afterBytes, bytes.length - at));
      refusal.afterBytes -= part;
      return part;
    }
    throw Object.assign(new Error('refused'), { code: refusal.code });
  };
  return { ...actual, writeSync };
});
afterEach(() => {
  refusal.code = null;
});
const refuse = (code: string, afterBytes = 0) => Object.assign(refusal, { code, afterBytes });

describe('writeAtomic', () => {
  it('makes the folder and replaces what was there', () => {
    const file = join(temporaryFolder(), 'a', 'b', 'file');
    writeAtomic(file, 'one');
    writeAtomic(file, 'two');
    expect(fs.readFileSync(file, 'utf8')).toBe('two');
    expect(fs.readdirSync(join(file, '..'))).toEqual(['file']);
  });

  it('leaves the old file as it was, and no other, when the disk is full in the middle', () => {
    const file = join(temporaryFolder(), 'file');
    writeAtomic(file, 'the old one');
    refuse('ENOSPC', 5);
    expect(() => writeAtomic(file, 'the new one')).toThrow(UserError);
    expect(fs.readFileSync(file, 'utf8')).toBe('the old one');
    expect(fs.readdirSync(join(file, '..'))).toEqual(['file']);
  });

  it.each([
    ['ENOSPC', 'The disk is full'],
    ['EDQUOT', 'Your disk quota is used up'],
    ['EROFS', 'the disk is read-only'],
    ['EACCES', 'no permission'],
    ['EPERM', 'no permission'],
  ])('says what %s means, and which file', (code, words) => {
    const file = join(temporaryFolder(), 'file');
    refuse(code);
    expect(() => writeAtomic(file, 'x')).toThrow(words);
    expect(() => writeAtomic(file, 'x')).toThrow(file);
  });

  it('says that a file stands where a folder should', () => {
    const file = join(temporaryFolder(), 'file');
    writeAtomic(file, '');
    expect(() => writeAtomic(join(file, 'inner', 'x'), '')).toThrow('is a file, not a folder');
  });

  it('leaves other errors as they are', () => {
    const bug = new TypeError('bug');
    expect(explainDisk(bug, 'x')).toBe(bug);
    const rare = Object.assign(new Error('rare'), { code: 'EIO' });
    expect(explainDisk(rare, 'x')).toBe(rare);
  });
});

describe('writeFirst', () => {
  it('keeps what the first one wrote', () => {
    const file = join(temporaryFolder(), 'result.json');
    expect([writeFirst(file, 'first'), writeFirst(file, 'second')]).toEqual([true, false]);
    expect(fs.readFileSync(file, 'utf8')).toBe('first');
    expect(fs.readdirSync(join(file, '..'))).toEqual(['result.json']);
  });
});

it('an attempt says that the disk is full, and keeps what was written', () => {
  const folder = temporaryFolder();
  const writer = openEvents(folder);
  writer.write(step(1));
  writer.flush();
  writer.write(step(2));
  refuse('ENOSPC');
  expect(() => writer.flush()).toThrow('The disk is full');
  refusal.code = null;
  writer.close();
  expect(fs.readFileSync(runFiles(folder).events(1), 'utf8')).toContain('"step":1');
});

it('a stop is asked for, seen, and forgotten', () => {
  const folder = join(temporaryFolder(), 'runs', 'few');
  expect(stopRequested(folder)).toBe(false);
  requestStop(folder);
  requestStop(folder);
  expect(stopRequested(folder)).toBe(true);
  clearStop(folder);
  clearStop(folder);
  expect(stopRequested(folder)).toBe(false);
});

it('looks are kept in order, whatever else stands in their file', async () => {
  const folder = join(temporaryFolder(), 'runs', 'few');
  expect(await readLooks(folder)).toEqual([]);
  const look = (seed: number) => ({
    time: '2026-01-01T00:00:00Z',
    runs: [{ arm: 'kd', seed, identity: 'a' }],
  });
  appendLook(folder, look(0));
  fs.appendFileSync(join(folder, 'looks.jsonl'), 'garbage\n{}\n');
  appendLook(folder, look(1));
  expect(await readLooks(folder)).toEqual([look(0), look(1)]);
});
