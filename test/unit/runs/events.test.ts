import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { openEvents } from '../../../src/runs/events';
import { runFiles } from '../../../src/runs/layout';
import { LineTail, LONGEST_LINE, oneHistory, readEvents, RunTail } from '../../../src/runs/tail';
import { end, start, step, temporaryFolder } from './fixtures';

fc.configureGlobal({ seed: 0 });

describe('openEvents', () => {
  it('numbers attempts, never one twice', () => {
    const folder = join(temporaryFolder(), 'run');
    const writers = [openEvents(folder), openEvents(folder), openEvents(folder)];
    expect(writers.map((writer) => writer.attempt)).toEqual([1, 2, 3]);
    for (const writer of writers) writer.close();
  });

  it('has checkpoints and the end on the disk at once, the rest a moment later', async () => {
    const folder = temporaryFolder();
    const writer = openEvents(folder);
    const text = () => readFileSync(runFiles(folder).events(1), 'utf8');
    writer.write(step(1));
    writer.write({ event: 'checkpoint', time: 1, step: 1, file: 'checkpoints/1.ckpt', selected: true });
    expect(text().trim().split('\n').length).toBe(2);
    writer.write(step(2));
    for (let i = 0; i < 1_000 && !text().includes('"step":2'); i++) await sleep(20);
    expect(text()).toContain('"step":2');
    writer.write(step(3));
    writer.close();
    expect(text().endsWith('\n')).toBe(true);
    expect((await readEvents(folder)).map((event) => event.step)).toEqual([1, 1, 2, 3]);
  });

  it('says where it cannot write', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => openEvents(join(file, 'run'))).toThrow(UserError);
    expect(() => openEvents(join(file, 'run'))).toThrow('is a file, not a folder');
  });
});

describe('LineTail', () => {
  const lines = fc.array(
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((s) => s.replaceAll(/[\n\r]/g, '')),
    {
      maxLength: 20,
    },
  );

  it('gives every line once, wherever the writer was interrupted, also inside a character', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat(400), { maxLength: 6 }), async (written, cuts) => {
        const file = join(temporaryFolder(), 'lines');
        const bytes = Buffer.from(written.map((line) => `${line}\n`).join(''));
        const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const tail = new LineTail(file);
        const read = await tail.read();
        let from = 0;
        for (const to of [...ends, bytes.length]) {
          appendFileSync(file, bytes.subarray(from, to));
          from = to;
          read.push(...(await tail.read()));
        }
        expect(read).toEqual(written.filter((line) => line !== ''));
      }),
      { numRuns: 60 },
    );
  });

  it('passes over a line without end, and goes on behind it', async () => {
    const file = join(temporaryFolder(), 'lines');
    const tail = new LineTail(file);
    appendFileSync(file, 'one\n');
    for (let i = 0; i < 5; i++) appendFileSync(file, 'x'.repeat(LONGEST_LINE / 2));
    expect(await tail.read()).toEqual(['one']);
    appendFileSync(file, 'x\ntwo\n');
    expect(await tail.read()).toEqual(['two']);
  });

  it('begins anew with a file that was begun anew', async () => {
    const file = join(temporaryFolder(), 'lines');
    writeFileSync(file, 'one\ntwo\n');
    const tail = new LineTail(file);
    expect(await tail.read()).toEqual(['one', 'two']);
    writeFileSync(file, 'three\n');
    expect(await tail.read()).toEqual(['three']);
  });
});

describe('RunTail', () => {
  it('never throws on what stands in a line, and drops a torn last one for good when the next attempt begins', async () => {
    const folder = temporaryFolder();
    const files = runFiles(folder);
    const tail = new RunTail(folder);
    expect(await tail.read()).toEqual([]);
    const garbage = [
      '{"event":"step"}',
      '[]',
      'null',
      '\u0000\u0001',
      '{"event":"unheard of","step":1}',
      '{',
    ];
    writeFileSync(
      files.events(1),
      [JSON.stringify(start(1)), ...garbage, JSON.stringify(step(1)), '{"ev'].join('\n'),
    );
    expect(await tail.read()).toEqual([start(1), step(1)]);
    writeFileSync(files.events(2), `${JSON.stringify(start(2, 1))}\n`);
    expect(await tail.read()).toEqual([start(2, 1)]);
    appendFileSync(files.events(2), `${JSON.stringify(step(2))}\n`);
    expect(await tail.read()).toEqual([step(2)]);
  });

  it('reads attempts by number, not by letters', async () => {
    const folder = temporaryFolder();
    for (let attempt = 1; attempt <= 11; attempt++)
      writeFileSync(runFiles(folder).events(attempt), `${JSON.stringify(start(attempt, 0))}\n`);
    mkdirSync(join(folder, 'events.99.jsonl.tmp'));
    const attempts = (await new RunTail(folder).read()).map((event) =>
      event.event === 'start' ? event.attempt : 0,
    );
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('oneHistory', () => {
  it('leaves out what an attempt did beyond the checkpoint that the next went on from', () => {
    const history = oneHistory([
      start(1),
      step(1),
      step(2),
      step(3),
      end(3, 'stopped'),
      start(2, 2),
      step(3),
      step(4),
    ]);
    expect(history.map((event) => [event.event, event.step])).toEqual([
      ['start', 0],
      ['step', 1],
      ['step', 2],
      ['start', 2],
      ['step', 3],
      ['step', 4],
    ]);
  });

  it('begins from nothing where an attempt does', () => {
    const history = oneHistory([start(1), step(1), start(2), step(1)]);
    expect(history.filter((event) => event.event === 'step').length).toBe(1);
  });
});
