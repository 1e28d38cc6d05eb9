import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { collectSummary } from '../../../src/runs/collect';
import { absoluteFolder } from '../../../src/runs/folder';
import { experimentFiles } from '../../../src/runs/layout';
import { readLooks } from '../../../src/runs/jsonLines';
import { prepare } from '../../../src/runs/prepare';
import { inProcess } from '../../fixtures/inProcess';
import { buildPrograms, Stage } from '../runner/stage';

it('what an opening promised is written down, and holds for files that are edited, arms and runs that are gone', async () => {
  const programs = await buildPrograms();
  const stage = new Stage(programs);
  const kd = { method: 'hinton', name: 'kd' };
  const cold = { method: 'hinton', name: 'cold', temperature: 1 };
  const summary = async () => collectSummary(await prepare(stage.file(), inProcess));
  const headline = async () => {
    const { comparisons, afterLook, checks } = await summary();
    const broken = checks.filter(({ state }) => state === 'broken').map(({ text }) => text);
    return { ...comparisons.find(({ primary }) => primary)!, afterLook, broken };
  };
  try {
    stage.experiment('first', { arms: [kd, cold], seeds: 4, minGain: 1 });
    expect(await stage.run()).toBe(0);
    const [look] = await readLooks(stage.folder());
    expect(look?.promise).toMatchObject({ rule: 1, minGain: 1, primary: 'kd', seeds: [0, 1, 2, 3] });
    expect(look?.promise?.arms.map(({ slug, scratch, runs }) => [slug, scratch, runs.length])).toEqual([
      ['scratch', true, 4],
      ['kd', false, 4],
      ['cold', false, 4],
    ]);
    const before = await headline();
    const same = { verdict: before.verdict, interval: before.interval, perSeed: before.perSeed };
    expect(before).toMatchObject({ arm: 'kd', verdict: 'NO BEATS', broken: [] });

    // Seeds, minGain, primary, order and one arm are changed: the verdict is the one that was promised.
    const edited = { arms: [{ ...cold, name: 'the best' }], seeds: [1, 3], minGain: 0, primary: 'the best' };
    stage.experiment('first', edited);
    const after = await headline();
    expect(after).toMatchObject(same);
    expect(after.broken).toEqual(['changed after the test set was opened']);
    expect(after.afterLook.join('\n')).toMatch(/The headline is kd.*minGain 1,.*Seeds 0, 2 of/s);

    // A run that is gone is deleted, and Run trains it again without another look.
    stage.experiment('first', { arms: [kd, cold], seeds: 4, minGain: 1 });
    const { experiment, plan } = await prepare(stage.file(), inProcess);
    const item = plan!.items.find(({ id }) => id === 'kd/seed-2')!;
    rmSync(absoluteFolder(experiment!.root, item), { recursive: true });
    expect(await headline()).toMatchObject({
      verdict: null,
      broken: ['1 run deleted after the test set was read'],
    });
    expect((await summary()).arms[0]?.seeds[2]?.status).toBe('deleted');
    expect(await stage.run()).toBe(0);
    expect(await readLooks(stage.folder())).toHaveLength(1);
    expect(await headline()).toMatchObject({ ...same, broken: [] });

    // Without looks.jsonl nobody knows what was promised; a line of earlier versions still counts as a look.
    const { looks } = experimentFiles(stage.folder());
    const line = readFileSync(looks, 'utf8');
    const { promise: _promise, ...old } = JSON.parse(line) as { promise: unknown };
    rmSync(looks);
    expect(await headline()).toMatchObject({
      verdict: null,
      broken: ['test set read but not listed in looks.jsonl'],
    });
    writeFileSync(looks, `${JSON.stringify(old)}\n`);
    expect(await headline()).toMatchObject({ ...same, broken: [] });
    stage.experiment('first', { arms: [kd], seeds: [1, 2], minGain: 1 });
    expect(await headline()).toMatchObject(same);

    // Another split shares test examples: what was promised stays.
    writeFileSync(looks, line);
    stage.experiment('first', { arms: [kd], seeds: 4, data: { source: 'digits', split: { test: 400 } } });
    expect(await summary()).toMatchObject({ looks: 1, complete: false });
  } finally {
    await stage.close();
    rmSync(join(programs), { recursive: true });
  }
}, 300_000);

it('the rows of a test set are the same however they are shaped, and looks of other experiments are told', async () => {
  const programs = await buildPrograms();
  const stage = new Stage(programs);
  const network = { layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }], training: { steps: 6 } };
  const summary = async (name: string) => collectSummary(await prepare(stage.file(name), inProcess));
  try {
    stage.write('big.teacher.json', network);
    stage.write('small.student.json', network);
    stage.experiment('first', { data: { source: 'digits', shape: [64] }, seeds: 4 });
    expect(await stage.run()).toBe(0);
    const before = await summary('first');
    expect(before).toMatchObject({ looks: 1, afterLook: [] });

    stage.experiment('first', { data: { source: 'digits', shape: [8, 8, 1] }, seeds: 4 });
    const after = await summary('first');
    expect(after).toMatchObject({ looks: 1, complete: false });
    expect(after.afterLook.join(' ')).toContain('is no longer in the file');

    stage.experiment('second', { seeds: 4, arms: [{ method: 'logitMatching', name: 'logits' }] });
    expect((await summary('second')).afterLook).toEqual([
      'The same test set was also opened once by 1 other experiment (first). The verdict does not correct for that.',
    ]);
    expect((await summary('second')).looks).toBe(0);
  } finally {
    await stage.close();
    rmSync(programs, { recursive: true });
  }
}, 300_000);
