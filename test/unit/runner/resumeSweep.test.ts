import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inProcess } from '../../fixtures/inProcess';
import type { Summary } from '../../../src/results/summary';
import { experimentFiles, runFiles } from '../../../src/runs/layout';
import { readLooks } from '../../../src/runs/jsonLines';
import { prepare } from '../../../src/runs/prepare';
import { requestStop } from '../../../src/runs/stop';
import { startedItems } from '../../../src/runner/missingItems';
import { buildPrograms, Stage, until } from './stage';

let programs: string;
let stage: Stage;
beforeAll(async () => void (programs = await buildPrograms()));
afterAll(() => rmSync(programs, { recursive: true }));
beforeEach(() => void (stage = new Stage(programs)));
afterEach(() => stage.close());

const summary = () => JSON.parse(readFileSync(experimentFiles(stage.folder()).summary, 'utf8')) as Summary;
const looks = () => readLooks(stage.folder());

/** What `distillery resume` gives the runner. */
async function resume(): Promise<number | null> {
  const { experiment, plan } = await prepare(stage.file(), inProcess);
  return stage.run({ only: await startedItems({ experiment: experiment!, plan: plan! }), goOn: true });
}

/** Stops the experiment while these runs are in the middle, and lets everything work from then on. */
async function stopAt(keys: string[], others: Record<string, string>): Promise<void> {
  stage.forgetJournal();
  stage.behave({ ...others, ...Object.fromEntries(keys.map((key) => [key, 'slow'])) });
  const runner = stage.start({ grace: 1 });
  await until(keys.join(' and '), () => keys.every((key) => stage.begun.includes(key)));
  requestStop(stage.folder());
  expect(await runner.ended).toBe(3);
  expect(await looks()).toEqual([]);
  stage.behave(others);
}

/** Resume until it has nothing to go on with, then Run: the test set is opened once, for all runs of the last plan. */
async function toTheEnd(): Promise<Summary> {
  await resume();
  const early = await looks();
  if (early.length === 0) expect(await stage.run()).toBe(0);
  const found = summary();
  expect(found.complete).toBe(true);
  const all = await looks();
  expect(all).toHaveLength(1);
  const { plan } = await prepare(stage.file(), inProcess);
  const tried = plan!.items.filter(({ kind, ended }) => kind === 'run' && ended === undefined);
  expect(new Set(all[0]!.runs.map(({ identity }) => identity))).toEqual(
    new Set(tried.map(({ identity }) => identity)),
  );
  return found;
}

describe('a grid that is stopped and resumed', () => {
  const sweep = { parameters: { temperature: [1, 4, 8] }, confirm: 2 };
  const best = { 'kd-t8-a0-9/seed-0': 'reaches:0.95', 'kd-t8-a0-9/seed-1': 'reaches:0.94' };
  const winner = { winner: 'kd-t8-a0-9', confirmation: 'kd-t8-a0-9-fresh-seeds' };

  it.each([
    ['the teacher', ['teacher']],
    ['its last cells', ['kd-t8-a0-9/seed-1', 'kd-t1-a0-9/seed-1']],
    ['the confirmation', ['kd-t8-a0-9-fresh-seeds/seed-3']],
  ])('in %s opens the test set after the winner is confirmed', async (_, keys) => {
    stage.experiment('first', { sweep });
    await stopAt(keys, best);
    expect((await toTheEnd()).sweep).toMatchObject(winner);
  });

  it('resumes one run alone without opening anything', async () => {
    stage.experiment('first', { sweep });
    const last = ['kd-t8-a0-9/seed-1'];
    await stopAt(last, best);
    stage.behave(best);
    await stage.run({ only: ['scratch/seed-1', 'kd/seed-1', 'kd-t1-a0-9/seed-1'] });
    expect(await stage.run({ only: last })).toBe(0);
    expect(await looks()).toEqual([]);
    expect(existsSync(runFiles(await stage.folderOf(last[0]!)).predictions('test'))).toBe(false);
  });

  it('in a tuned scratch does the rest of its search first', async () => {
    stage.experiment('first', { sweep, scratch: 'tuned' });
    // The learning rates of scratch are known once a cell has won.
    await stopAt(['scratch-learningrate-0-0001/seed-1'], best);
    const found = await toTheEnd();
    expect(found.sweep).toMatchObject(winner);
    expect(found.otherScratches.length).toBeGreaterThan(1);
  });

  it('in the evaluation reads the rest in the same look', async () => {
    stage.experiment('first', { sweep });
    stage.behave({ ...best, evaluate: 'exit:5' });
    expect(await stage.run()).toBe(1);
    stage.behave(best);
    expect(await resume()).toBe(0);
    expect(await looks()).toHaveLength(1);
    expect(summary()).toMatchObject({ complete: true, sweep: winner });
  });
});

describe('successive halving that is stopped and resumed', () => {
  const reaches: Record<string, number> = { 1: 0.7, 2: 0.8, 3: 0.95, 5: 0.91 };
  const behaviours = Object.fromEntries(
    Object.entries(reaches).flatMap(([t, accuracy]) =>
      [0, 1].map((seed) => [`kd-t${t}-a0-9/seed-${seed}`, `reaches:${accuracy}`]),
    ),
  );
  beforeEach(() => {
    stage.write('small.student.json', { layers: [{ type: 'dense', units: 10 }], training: { steps: 9 } });
    stage.experiment('first', {
      arms: [{ method: 'hinton', name: 'kd', alpha: 0.5 }],
      sweep: {
        parameters: { temperature: [1, 2, 3, 5], alpha: [0.9] },
        search: { halving: { factor: 2, rungs: 2 } },
        confirm: 2,
      },
    });
  });

  it.each([
    ['its first rung', 'kd-t5-a0-9/seed-1', false],
    ['a later rung', 'kd-t3-a0-9/seed-0', true],
    ['the confirmation', 'kd-t3-a0-9-fresh-seeds/seed-3', false],
  ])('in %s opens the test set after the winner is confirmed', async (_, key, afterRung) => {
    if (afterRung) {
      // The first rung is done by all, the second is where it stops.
      stage.behave(behaviours);
      await stage.run({ only: Object.keys(behaviours) });
    }
    await stopAt([key], behaviours);
    expect((await toTheEnd()).sweep).toMatchObject({
      winner: 'kd-t3-a0-9',
      confirmation: 'kd-t3-a0-9-fresh-seeds',
    });
  });
});
