import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Summary } from '../../../src/results/summary';
import { experimentFiles } from '../../../src/runs/layout';
import { readLooks } from '../../../src/runs/jsonLines';
import { buildPrograms, Stage, until } from './stage';

let programs: string;
let stage: Stage;
beforeAll(async () => void (programs = await buildPrograms()));
afterAll(() => rmSync(programs, { recursive: true }));
beforeEach(() => void (stage = new Stage(programs)));
afterEach(() => stage.close());

const T = { sweep: { parameters: { temperature: [1, 4, 8] }, confirm: 2 } };
const summary = () => JSON.parse(readFileSync(experimentFiles(stage.folder()).summary, 'utf8')) as Summary;
const begunOf = (arm: string) => stage.begun.filter((key) => key.startsWith(`${arm}/`)).sort();

describe('a sweep', () => {
  it('makes teacher, soft targets and scratch once, tries the winner on fresh seeds, and looks at the test set once', async () => {
    stage.experiment('first', T);
    stage.behave({ 'kd-t8-a0-9/seed-0': 'reaches:0.95', 'kd-t8-a0-9/seed-1': 'reaches:0.94' });
    expect(await stage.run()).toBe(0);
    for (const once of ['teacher', 'evaluate'])
      expect(stage.begun.filter((key) => key === once)).toHaveLength(1);
    expect(begunOf('scratch')).toEqual(['scratch/seed-0', 'scratch/seed-1']);
    for (const arm of ['kd', 'kd-t1-a0-9', 'kd-t8-a0-9'])
      expect(begunOf(arm)).toEqual([`${arm}/seed-0`, `${arm}/seed-1`]);
    expect(begunOf('kd-t8-a0-9-fresh-seeds')).toEqual([
      'kd-t8-a0-9-fresh-seeds/seed-2',
      'kd-t8-a0-9-fresh-seeds/seed-3',
    ]);
    expect(begunOf('scratch-fresh-seeds')).toHaveLength(2);
    const [look, ...others] = await readLooks(stage.folder());
    expect(others).toEqual([]);
    expect(look?.runs).toHaveLength(2 * 4 + 2 * 2);
    expect(summary()).toMatchObject({
      complete: true,
      scratch: { slug: 'scratch-fresh-seeds' },
      sweep: {
        winner: 'kd-t8-a0-9',
        confirmation: 'kd-t8-a0-9-fresh-seeds',
        optimism: { chosen: 0, confirmed: 0 },
      },
    });
    expect(
      summary()
        .comparisons.filter((one) => one.primary)
        .map((one) => one.arm),
    ).toEqual(['kd-t8-a0-9-fresh-seeds']);
  });

  it('with a value more trains only that; a seed more only what it brings', async () => {
    stage.experiment('first', T);
    await stage.run();
    stage.forgetJournal();
    const more = { sweep: { parameters: { temperature: [1, 4, 8, 20] }, confirm: 2 } };
    stage.experiment('first', more);
    expect(await stage.run()).toBe(0);
    expect([...stage.begun].sort()).toEqual([
      'evaluate',
      'extract',
      'kd-t20-a0-9/seed-0',
      'kd-t20-a0-9/seed-1',
    ]);
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual([]);
  });

  it('with a run that fails does all others, chooses nothing and opens nothing; then only what is missing', async () => {
    stage.experiment('first', T);
    stage.behave({ 'kd-t1-a0-9/seed-1': 'fails' });
    expect(await stage.run()).toBe(1);
    expect(begunOf('kd-t8-a0-9')).toHaveLength(2);
    expect(stage.begun.some((key) => key.includes('fresh'))).toBe(false);
    expect(await readLooks(stage.folder())).toEqual([]);
    expect(summary()).toMatchObject({ complete: false, sweep: { winner: null, confirmation: null } });
    stage.behave({});
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun.filter((key) => key.startsWith('kd-t') && !key.includes('fresh'))).toEqual([
      'kd-t1-a0-9/seed-1',
    ]);
  });

  it('survives kill -9 of the runner and of a trainer, and comes to the same table', async () => {
    const undisturbed = new Stage(programs);
    undisturbed.experiment('first', T);
    await undisturbed.run();
    const table = (of: Stage) => {
      const { arms, comparisons, sweep } = JSON.parse(
        readFileSync(experimentFiles(of.folder()).summary, 'utf8'),
      ) as Summary;
      return {
        arms: arms.map(({ slug, validation, test }) => ({ slug, validation, test })),
        comparisons,
        sweep,
      };
    };
    stage.experiment('first', T);
    stage.behave({ 'kd-t8-a0-9/seed-0': 'slow', 'kd-t1-a0-9/seed-0': 'signal:SIGKILL' });
    const runner = stage.start();
    await until('a slow run', () => stage.begun.includes('kd-t8-a0-9/seed-0'));
    await until('a killed one', () => stage.begun.includes('kd-t1-a0-9/seed-0'));
    runner.kill('SIGKILL');
    await runner.ended;
    stage.behave({});
    stage.go();
    expect(await stage.run()).toBe(0);
    expect(JSON.stringify(table(stage)).replaceAll(stage.root, '')).toBe(
      JSON.stringify(table(undisturbed)).replaceAll(undisturbed.root, ''),
    );
    await undisturbed.close();
  });

  it('trains a teacher for each setting of it, and no more', async () => {
    stage.experiment('first', {
      sweep: { parameters: { 'teacher.training.steps': [4, 8], temperature: [1, 2] }, confirm: 0 },
    });
    expect(await stage.run()).toBe(0);
    expect(stage.begun.filter((key) => key === 'teacher')).toHaveLength(2);
    expect(stage.begun.filter((key) => key === 'extract')).toHaveLength(2);
    expect(begunOf('scratch')).toHaveLength(2);
    expect(readdirSync(`${stage.root}/runs/teachers`)).toHaveLength(2);
  });

  it('by successive halving trains the best to the end, and of the others no more than they were given', async () => {
    stage.write('small.student.json', { layers: [{ type: 'dense', units: 10 }], training: { steps: 9 } });
    stage.experiment('first', {
      arms: [{ method: 'hinton', name: 'kd', alpha: 0.5 }],
      sweep: {
        parameters: { temperature: [1, 2, 3, 5, 8, 20], alpha: [0.9] },
        search: { halving: { factor: 2, rungs: 2 } },
        confirm: 2,
      },
    });
    const reaches = { 1: 0.7, 2: 0.8, 3: 0.95, 5: 0.91, 8: 0.6, 20: 0.5 };
    stage.behave(
      Object.fromEntries(
        Object.entries(reaches).flatMap(([t, accuracy]) =>
          [0, 1].map((seed) => [`kd-t${t}-a0-9/seed-${seed}`, `reaches:${accuracy}`]),
        ),
      ),
    );
    expect(await stage.run()).toBe(0);
    const states = await Promise.all(
      Object.keys(reaches).map(async (t) => (await stage.state(`kd-t${t}-a0-9/seed-0`)).status),
    );
    expect(states).toEqual(['paused', 'paused', 'finished', 'finished', 'paused', 'paused']);
    const { sweep, arms, complete } = summary();
    expect(complete).toBe(true);
    expect(sweep).toMatchObject({ search: 'halving', winner: 'kd-t3-a0-9' });
    expect(arms.map(({ slug, ended }) => [slug, ended])).toEqual([
      ['kd', null],
      ['kd-t1-a0-9', 2],
      ['kd-t2-a0-9', 5],
      ['kd-t3-a0-9', null],
      ['kd-t5-a0-9', null],
      ['kd-t8-a0-9', 2],
      ['kd-t20-a0-9', 2],
      ['kd-t3-a0-9-fresh-seeds', null],
    ]);
    // An ended cell has seen no test example.
    const ended = await stage.folderOf('kd-t8-a0-9/seed-0');
    expect(existsSync(`${ended}/predictions`)).toBe(false);
    stage.forgetJournal();
    expect(await stage.run()).toBe(0);
    expect(stage.begun).toEqual([]);
  });
});
