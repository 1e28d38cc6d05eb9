import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { bundles } from '../../../scripts/lib/bundles.mjs';
import { inProcess } from '../../fixtures/inProcess';
import { stream } from '../../../src/data/random';
import { runFiles } from '../../../src/runs/layout';
import { prepare } from '../../../src/runs/prepare';
import { buildPrograms, Stage } from './stage';

let programs: string;
let stage: Stage;
beforeAll(async () => {
  programs = await buildPrograms();
  await build({ ...bundles.trainer, outdir: programs, allowOverwrite: true });
});
afterAll(() => rmSync(programs, { recursive: true }));
beforeEach(() => void (stage = new Stage(programs)));
afterEach(() => stage.close());

/** Two classes of points, in a file. */
function writePoints(file: string, seed = 0): void {
  const random = stream(seed, 'points');
  const rows = Array.from({ length: 120 }, (_, i) =>
    [random.normal() + (i % 2), random.normal() - (i % 2), i % 2].join(','),
  );
  mkdirSync(join(stage.root, file, '..'), { recursive: true });
  writeFileSync(join(stage.root, file), ['a,b,class', ...rows].join('\n'));
}

const network = { layers: [{ type: 'dense', units: 2 }], training: { steps: 4 } };
const on = (file: string, more: object = {}) =>
  stage.experiment('first', {
    data: { source: 'csv', file, label: 'class' },
    engine: 'plain',
    seeds: 1,
    ...more,
  });

/** As a process leaves it that is killed before its end. */
function unfinish(folder: string): void {
  const files = runFiles(folder);
  rmSync(files.result);
  const newest = existsSync(files.events(2)) ? files.events(2) : files.events(1);
  const lines = readFileSync(newest, 'utf8').split('\n');
  writeFileSync(newest, lines.filter((line) => !line.includes('"event":"end"')).join('\n'));
}

it('goes on with teacher, soft targets, students and test set when the data have moved', async () => {
  stage.write('big.teacher.json', network);
  stage.write('small.student.json', network);
  writePoints('data/points.csv');
  on('data/points.csv');
  expect(await stage.run({ only: ['teacher', 'scratch/seed-0'] })).toBe(0);
  const scratch = await stage.folderOf('scratch/seed-0');
  const runJson = readFileSync(runFiles(scratch).run);
  unfinish(scratch);

  renameSync(join(stage.root, 'data'), join(stage.root, 'elsewhere'));
  on('elsewhere/points.csv');
  const runner = stage.start();
  expect(await runner.ended, runner.output()).toBe(0);
  expect(await stage.folderOf('scratch/seed-0')).toBe(scratch);
  expect(readFileSync(runFiles(scratch).run)).toEqual(runJson);
  expect(existsSync(runFiles(scratch).events(2))).toBe(true);
  const teacher = await stage.folderOf('teacher');
  expect(existsSync(runFiles(teacher).events(2))).toBe(false);
  expect(existsSync(runFiles(teacher).predictions('test'))).toBe(true);

  // And back to where run.json has them.
  renameSync(join(stage.root, 'elsewhere'), join(stage.root, 'data'));
  on('data/points.csv');
  unfinish(scratch);
  expect(await stage.run()).toBe(0);
  expect(existsSync(runFiles(scratch).moved)).toBe(false);
}, 120_000);

it('goes on when a saved model and the folder of a teacher have moved', async () => {
  stage.write('big.teacher.json', network);
  stage.write('small.student.json', network);
  writePoints('points.csv');
  on('points.csv');
  expect(await stage.run({ only: ['teacher'] })).toBe(0);
  const model = runFiles(await stage.folderOf('teacher')).model;
  cpSync(model, join(stage.root, 'models', 'saved'), { recursive: true });
  stage.write('small.student.json', { model: 'models/saved/model.json', training: { steps: 4 } });
  expect(await stage.run({ only: ['kd/seed-0'] })).toBe(0);
  const kd = await stage.folderOf('kd/seed-0');
  unfinish(kd);
  for (const name of readdirSync(runFiles(kd).checkpoints)) rmSync(join(runFiles(kd).checkpoints, name));

  renameSync(join(stage.root, 'models'), join(stage.root, 'kept'));
  stage.write('small.student.json', { model: 'kept/saved/model.json', training: { steps: 4 } });
  const [teacher] = readdirSync(join(stage.root, 'runs', 'teachers'));
  const renamed = teacher!.replace('big-', 'large-');
  renameSync(join(stage.root, 'runs', 'teachers', teacher!), join(stage.root, 'runs', 'teachers', renamed));
  const runner = stage.start();
  expect(await runner.ended, runner.output()).toBe(0);
  expect(readdirSync(join(stage.root, 'runs', 'teachers'))).toEqual([renamed]);
  expect(await stage.folderOf('kd/seed-0')).toBe(kd);
}, 120_000);

it('says so when what stands there now are other data', async () => {
  stage.write('big.teacher.json', network);
  stage.write('small.student.json', network);
  writePoints('points.csv');
  const file = on('points.csv');
  expect(await stage.run({ only: ['scratch/seed-0'] })).toBe(0);
  expect((await prepare(file, inProcess)).diagnostics.map(({ code }) => code)).not.toContain('changed-data');
  writePoints('other.csv', 1);
  on('other.csv');
  const { diagnostics } = await prepare(file, inProcess);
  const changed = diagnostics.find(({ code }) => code === 'changed-data');
  expect(changed).toMatchObject({ severity: 'warning' });
  expect(changed!.message).toContain('The runs of first were trained on other data');
}, 120_000);
