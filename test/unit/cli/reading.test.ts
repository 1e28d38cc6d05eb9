import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stream } from '../../../src/data/random';
import type { PlanItem } from '../../../src/runs/files';
import { buildPrograms, Stage } from '../runner/stage';
import { type } from './terminal';

let programs: string;
let stage: Stage;
beforeAll(async () => void (programs = await buildPrograms({ cli: 'src/cli/main.ts' })));
afterAll(() => rmSync(programs, { recursive: true }));
beforeEach(() => void (stage = new Stage(programs)));
afterEach(() => stage.close());
const distillery = (...args: string[]) => type(programs, stage, ...args).ended;

interface PlanAnswer {
  trainings: number;
  secondsLeft: number;
  items: (PlanItem & { status: string })[];
}
const planOf = async (name: string): Promise<PlanAnswer> =>
  JSON.parse((await distillery('plan', `${name}.distill.json`, '--json')).stdout) as PlanAnswer;

describe('plan', () => {
  it('gives the number of trainings and the estimate as JSON', async () => {
    const { trainings, secondsLeft } = await planOf('first');
    expect(trainings).toBe(5);
    expect(secondsLeft).toBeGreaterThan(0);
    expect(await stage.run()).toBe(0);
    expect(await planOf('first')).toMatchObject({ trainings: 0, secondsLeft: 0 });
  });

  it('knows a teacher that another experiment has trained, and the folders that the run will use', async () => {
    expect(await stage.run()).toBe(0);
    stage.experiment('second', { arms: [{ method: 'logitMatching', name: 'logits' }] });
    const before = await planOf('second');
    expect(before.trainings).toBe(4);
    expect(before.items.find(({ id }) => id === 'teacher')?.status).toBe('finished');
    expect(existsSync(stage.folder('second'))).toBe(false);
    expect(await stage.run({}, 'second')).toBe(0);
    const folders = ({ items }: PlanAnswer) => items.map(({ folder, identity }) => [folder, identity]);
    expect(folders(await planOf('second'))).toEqual(folders(before));
  });

  it('reads the runs of a renamed experiment where they are; run moves them', async () => {
    expect(await stage.run()).toBe(0);
    renameSync(stage.file(), stage.file('renamed'));
    const { code, stdout, stderr } = await distillery('plan', 'renamed.distill.json');
    expect(code).toBe(0);
    expect(stdout).toContain('Everything is trained');
    expect(stderr).toContain('The runs of this experiment are in runs/first; run moves them to its name.');
    expect((await distillery('report', 'renamed.distill.json', '--json')).stdout).toContain(
      '"complete": true',
    );
    expect(readdirSync(join(stage.root, 'runs')).sort()).toEqual(['first', 'teachers']);
    expect((await distillery('run', 'renamed.distill.json')).code).toBe(0);
    expect(readdirSync(join(stage.root, 'runs')).sort()).toEqual(['renamed', 'teachers']);
  });

  it('a copy of a renamed experiment has none of its runs', async () => {
    expect(await stage.run()).toBe(0);
    renameSync(stage.file(), stage.file('renamed'));
    expect((await distillery('duplicate', 'renamed.distill.json', 'copy')).code).toBe(0);
    expect((await planOf('copy')).trainings).toBeGreaterThan(0);
    expect((await planOf('renamed')).trainings).toBe(0);
  });
});

describe('without the data', () => {
  const points = () => join(stage.root, 'points.csv');
  beforeEach(async () => {
    const random = stream(0, 'points');
    const rows = Array.from({ length: 400 }, (_, i) => `${random.normal()},${random.normal()},${i % 10}`);
    writeFileSync(points(), ['a,b,class', ...rows].join('\n'));
    stage.experiment('first', { data: { source: 'csv', file: 'points.csv', label: 'class' } });
    expect(await stage.run()).toBe(0);
  });

  it.each([
    ['report', ['report', 'first', '--json']],
    ['report as Markdown', ['report', 'first', '--markdown']],
    ['compare', ['compare', 'first', '--json']],
  ])('%s shows the results as they were recorded, and says so', async (_, args) => {
    const before = await distillery(...args);
    rmSync(points());
    const after = await distillery(...args);
    expect(after.code).toBe(0);
    expect(after.stderr).toContain('The results are shown as they were recorded.');
    if (args[2] === '--json') expect(after.stdout).toBe(before.stdout);
    else expect(after.stdout).toContain('INCONCLUSIVE');
  });

  it('export copies a student', async () => {
    const model = join(await stage.folderOf('kd/seed-0'), 'model');
    mkdirSync(model, { recursive: true });
    writeFileSync(join(model, 'model.json'), '{}');
    rmSync(points());
    const args = ['export', 'first', '--arm', 'kd', '--seed', '0', '--to', 'model'];
    const { code, stderr } = await distillery(...args);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(existsSync(join(stage.root, 'model', 'model.json'))).toBe(true);
  });

  it('plan and run need them', async () => {
    rmSync(points());
    for (const command of ['plan', 'run']) {
      const { code, stderr } = await distillery(command, 'first');
      expect(code).toBe(2);
      expect(stderr).toContain('points.csv');
    }
  });

  it('a file that asks for other data is not shown with the results of these', async () => {
    stage.experiment('first', { data: { source: 'csv', file: 'others.csv', label: 'class' } });
    expect((await distillery('report', 'first')).code).toBe(2);
    expect(readFileSync(join(stage.folder(), 'facts.json'), 'utf8')).toContain('points.csv');
  });
});
