import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundles } from '../../../scripts/lib/bundles.mjs';
import { wasmFiles } from '../../../scripts/lib/wasm.mjs';
import { newestCheckpoint } from '../../../src/runs/checkpoint';
import type { ResultFile } from '../../../src/runs/files';
import { runFiles } from '../../../src/runs/layout';
import { runStatus } from '../../../src/runs/status';
import { clearStop, requestStop } from '../../../src/runs/stop';
import { readEvents } from '../../../src/runs/tail';
import { extract } from '../../../src/trainer/extract';
import { trainGroup } from '../../../src/trainer/group/trainGroup';
import { trainRun } from '../../../src/trainer/run';
import { layers, makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

const TEACHER = 'runs/teachers/mlp';
const STEPS = 60;
let root: string;
const said: string[] = [];

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  root = temporaryRoot();
  const teacher = await makeRun(root, TEACHER, {
    kind: 'teacher',
    layers: mlp(24, 10),
    training: training({ steps: 60 }),
  });
  await trainRun(teacher);
  await extract(teacher);
  return () => rmSync(root, { recursive: true });
});
beforeEach(() => {
  said.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const trained = (more: object = {}) =>
  training({ steps: STEPS, batchSize: 32, optimizer: { type: 'adam', learningRate: 0.02 }, ...more });
const student: Wanted = { kind: 'student', layers: mlp(16, 10), training: trained(), labels: 100 };
const hinton = (temperature: number, alpha: number, more: Partial<Wanted> = {}): Wanted => ({
  ...student,
  teacher: TEACHER,
  method: { id: 'hinton', parameters: { temperature, alpha } },
  ...more,
});
const wanted = [
  student,
  hinton(4, 0.9),
  hinton(4, 0.5, { seed: 1, training: trained({ earlyStopping: { metric: 'accuracy' } }) }),
  hinton(1, 1, { training: trained({ optimizer: { type: 'adam', learningRate: 0.001 } }) }),
  hinton(20, 0, { seed: 3, training: trained({ augmentation: [{ type: 'noise', sd: 0.1 }] }) }),
  hinton(2, 0.9, { transferSet: 'all', seed: 2 }),
];

let made = 0;
const make = (run: Wanted) => makeRun(root, `runs/few-${made++}/arm/seed-0`, run);
async function makeAll(runs: readonly Wanted[]): Promise<string[]> {
  const folders = [];
  for (const run of runs) folders.push(await make(run));
  return folders;
}

/** All that a run leaves but when, by whom, and how many tensors others had meanwhile. */
async function left(folder: string) {
  const { weights, validation, selectedStep, steps } = JSON.parse(
    readFileSync(runFiles(folder).result, 'utf8'),
  ) as ResultFile;
  const events = (await readEvents(folder)).filter((e) => !['start', 'checkpoint', 'end'].includes(e.event));
  return { weights, validation, selectedStep, steps, events: events.map((event) => ({ ...event, time: 0 })) };
}

async function alone(run: Wanted) {
  const folder = await make(run);
  expect(await trainRun(folder)).toBe('finished');
  return left(folder);
}

/** Waits until a run has done a step. */
async function begun(folder: string): Promise<void> {
  while (!(await readEvents(folder)).some(({ event }) => event === 'step')) await sleep(20);
}

describe('runs that train together', () => {
  test('leave, bit for bit, what each leaves alone, in any order and company', async () => {
    const expected = [];
    for (const run of wanted) expected.push(await alone(run));
    for (const group of [[1], [0, 1], [5, 3, 1, 0, 2, 4], [4, 2, 5]]) {
      const folders = await makeAll(group.map((i) => wanted[i]!));
      expect(await trainGroup(folders)).toBe(0);
      for (const [at, i] of group.entries()) expect(await left(folders[at]!)).toEqual(expected[i]);
      for (const folder of folders) expect(existsSync(runFiles(folder).lease)).toBe(false);
    }
  });

  test('mark their lines, so that each can go to the log of its run, and share their time', async () => {
    const folders = await makeAll([student, hinton(4, 0.9)]);
    const begun = performance.now();
    await trainGroup(folders);
    const seconds = (performance.now() - begun) / 1000;
    for (const folder of folders) {
      const { trainingSeconds } = JSON.parse(readFileSync(runFiles(folder).result, 'utf8')) as ResultFile;
      expect(trainingSeconds).toBeGreaterThan(0);
      expect(trainingSeconds).toBeLessThan(0.6 * seconds);
    }
    const lines = said.join('').trimEnd().split('\n');
    for (const number of [0, 1])
      expect(lines.filter((line) => line.startsWith(`${number}> `))).toEqual([
        expect.stringMatching(/step 0 of 60, 1210 parameters, engine portable\.$/),
        expect.stringMatching(/finished at step 60/),
      ]);
    expect(lines).toHaveLength(4);
  });

  test('let one go that diverges, and one that cannot begin', async () => {
    const wild = hinton(4, 0.9, {
      training: trained({ optimizer: { type: 'adam', learningRate: 1e38 }, schedule: { type: 'constant' } }),
    });
    const expected = await alone(student);
    const [good, bad, missing] = [
      await make(student),
      await make(wild),
      await make({ ...student, softTargets: 'cache', teacher: 'runs/teachers/none' }),
    ];
    expect(await trainGroup([bad, missing, good, join(root, 'nothing')])).toBe(1);
    expect(await left(good)).toEqual(expected);
    expect(await runStatus(bad)).toMatchObject({ status: 'failed', cause: 'nan' });
    expect(await runStatus(missing)).toMatchObject({ status: 'failed', cause: 'input', step: 0 });
    expect(said.join('')).toMatch(/3> .*nothing is not a run folder/);
  });

  test('stop one by one, and resume alone or in other company as if nothing had been', async () => {
    // Long enough to be stopped on the way: what is asked is looked for ten times a second.
    const long = { training: trained({ steps: 4000 }) };
    const runs = [hinton(4, 0.9, long), hinton(4, 0.5, long), { ...student, ...long }];
    const expected = [];
    for (const run of runs) expected.push(await alone(run));
    const folders = await makeAll(runs);
    const ended = trainGroup(folders);
    await begun(folders[1]!);
    for (const i of [0, 1]) requestStop(folders[i]!);
    expect(await ended).toBe(3);
    expect(await left(folders[2]!)).toEqual(expected[2]);
    for (const i of [0, 1]) {
      clearStop(folders[i]!);
      const { status, step } = await runStatus(folders[i]!);
      expect(status).toBe('stopped');
      expect(step).toBeGreaterThan(0);
      expect(newestCheckpoint(folders[i]!)!.step).toBe(step);
    }
    expect(await trainRun(folders[1]!)).toBe('finished');
    const other = await make(student);
    expect(await trainGroup([other, folders[0]!, folders[1]!])).toBe(0);
    for (const i of [0, 1]) expect(await left(folders[i]!)).toEqual(expected[i]);
  });

  test('of which one has another network, let that one train by itself', async () => {
    const deep = layers(
      { type: 'flatten' },
      { type: 'dense', units: 8 },
      { type: 'batchNormalization' },
      { type: 'dense', units: 10 },
    );
    const other: Wanted = { ...student, layers: deep };
    const expected = [await alone(student), await alone(other)];
    const folders = await makeAll([student, other]);
    expect(await trainGroup(folders)).toBe(0);
    expect(await Promise.all(folders.map(left))).toEqual(expected);
    expect(said.join('')).toContain('1> This run trains alone');
  });
});

test('runs whose trainer is killed are interrupted, and go on from what each has, in other company', async () => {
  const dist = join(root, 'dist');
  await build({ ...bundles.trainer, outdir: dist });
  mkdirSync(join(dist, 'wasm'));
  for (const file of wasmFiles) cpSync(file, join(dist, 'wasm', basename(file)));
  const early = { earlyStopping: { metric: 'loss' }, steps: 600 };
  const runs = [
    hinton(4, 0.9, { training: trained(early) }),
    hinton(1, 0.5, { training: trained(early) }),
    { ...student, training: trained({ steps: 600 }) },
  ];
  const expected = [];
  for (const run of runs) expected.push(await alone(run));
  const folders = await makeAll(runs);
  const child = spawn(process.execPath, [join(dist, 'trainer.js'), 'train', '--group', ...folders], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (newestCheckpoint(folders[0]!) === null || newestCheckpoint(folders[1]!) === null) await sleep(20);
  child.kill('SIGKILL');
  await ended;
  for (const folder of folders) expect((await runStatus(folder)).status).toBe('interrupted');
  expect(await trainGroup([folders[2]!, await make(student), folders[1]!])).toBe(0);
  expect(await trainRun(folders[0]!)).toBe('finished');
  for (const [i, folder] of folders.entries()) expect(await left(folder)).toEqual(expected[i]);
  const starts = (await readEvents(folders[0]!)).filter(({ event }) => event === 'start');
  expect(starts.map((start) => start.step > 0)).toEqual([false, true]);
});
