import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProcess } from '../../fixtures/inProcess';
import { readExperiment } from '../../../src/config/read';
import { readPlan, writeEngine, writePlan } from '../../../src/runs/folder';
import { experimentFiles } from '../../../src/runs/layout';
import { acquireLease } from '../../../src/runs/lease';
import { adoptRuns } from '../../../src/runs/moveRuns';
import { ownPath } from '../../../src/runs/ownership';
import { prepare } from '../../../src/runs/prepare';
import { duplicateExperiment, renameExperiment, renameRuns, whyNotCalled } from '../../../src/runs/rename';
import { numerics, temporaryFolder, writeExperiment } from './fixtures';

/** As a runner leaves them: a plan that says whose it is, and a run. @returns the folder of runs */
async function begin(file: string, says = true): Promise<string> {
  const { runsFolder } = readExperiment(file).experiment!;
  writeEngine(runsFolder, { schemaVersion: 1, numerics, why: '', tried: [], time: '' });
  const { plan, experiment } = await prepare(file, inProcess);
  writePlan(runsFolder, {
    schemaVersion: 1,
    experiment: experiment!.name,
    ...(says && { file: ownPath(experiment!) }),
    items: plan!.items,
  });
  return runsFolder;
}

const copyTo = (file: string, folder: string, name = 'few') => {
  const copy = join(folder, 'other', `${name}.distill.json`);
  mkdirSync(dirname(copy), { recursive: true });
  const text = readFileSync(file, 'utf8').replaceAll(/"((?:big|small)\.\w+\.json)"/g, '"../experiments/$1"');
  writeFileSync(copy, text);
  return copy;
};
const codesOf = async (file: string) => (await prepare(file, inProcess)).diagnostics.map(({ code }) => code);

describe('two experiments of one name', () => {
  it('the second is refused, with the file of the first', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    const second = copyTo(file, root);
    expect(await codesOf(second)).not.toContain('name-taken');
    await begin(file);
    expect(await codesOf(file)).not.toContain('name-taken');
    const { diagnostics, plan } = await prepare(second, inProcess);
    const taken = diagnostics.find(({ code }) => code === 'name-taken');
    expect(taken).toMatchObject({ severity: 'error', file: second });
    expect(taken!.message).toBe(
      'runs/few holds the runs of experiments/few.distill.json, which is called few too. Rename one of the two.',
    );
    expect(plan).toBeNull();
  });

  it('one that was moved to another folder keeps its runs', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    await begin(file);
    const moved = copyTo(file, root);
    rmSync(file);
    expect(await codesOf(moved)).not.toContain('name-taken');
  });
});

describe.each([
  ['a plan that says whose it is', true],
  ['a plan of before', false],
])('renaming, with %s', (_, says) => {
  it('beside the editor keeps the runs', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    const runs = await begin(file, says);
    const { items } = (await readPlan(runs)).value!;
    const renamed = join(dirname(file), 'many.distill.json');
    renameSync(file, renamed);
    await adoptRuns(renamed, inProcess);
    expect(existsSync(runs)).toBe(false);
    const { value: plan } = await readPlan(join(root, 'runs', 'many'));
    expect(plan).toMatchObject({ experiment: 'many', file: 'experiments/many.distill.json' });
    expect(plan!.items.map(({ identity }) => identity)).toEqual(items.map(({ identity }) => identity));
    expect(plan!.items.at(-1)!.folder).toBe('runs/many');
    expect(await codesOf(renamed)).not.toContain('name-taken');
  });

  it('takes no runs of an experiment that is still there, nor of one with other settings', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    const runs = await begin(file, says);
    await adoptRuns(copyTo(file, root, 'many'), inProcess);
    expect(existsSync(runs)).toBe(true);
    rmSync(file);
    const other = writeExperiment(root, {
      name: 'other',
      student: { layers: [{ type: 'dense', units: 10 }] },
    });
    await adoptRuns(other, inProcess);
    expect(existsSync(runs)).toBe(true);
  });
});

describe('renameExperiment', () => {
  it('moves file and runs, and refuses a name that is taken or no name', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    await begin(file);
    copyTo(file, root, 'taken');
    mkdirSync(join(root, 'runs', 'left'));
    for (const name of ['taken', 'few', 'left', 'teachers', '', 'a/b'])
      await expect(renameExperiment(file, name), name).rejects.toThrow(/name|already/);
    const renamed = await renameExperiment(file, 'many');
    expect(existsSync(file)).toBe(false);
    expect(existsSync(experimentFiles(join(root, 'runs', 'many')).plan)).toBe(true);
    expect(await whyNotCalled(renamed, 'few')).toBeNull();
  });

  it('changes nothing while a runner is at work', async () => {
    const file = writeExperiment(temporaryFolder());
    const runs = await begin(file);
    const lease = await acquireLease(experimentFiles(runs).runner, 1);
    await expect(renameExperiment(file, 'many')).rejects.toThrow('Wait until it ends, or stop it first.');
    expect(existsSync(file) && existsSync(runs)).toBe(true);
    lease.release();
  });

  it('leaves alone the runs of another experiment of the old name', async () => {
    const root = temporaryFolder();
    const file = writeExperiment(root);
    const runs = await begin(file);
    await renameRuns(copyTo(file, root), join(root, 'other', 'many.distill.json'));
    expect(existsSync(runs)).toBe(true);
  });
});

it('duplicateExperiment copies the file alone', async () => {
  const root = temporaryFolder();
  const file = writeExperiment(root);
  await begin(file);
  const copy = await duplicateExperiment(file, 'many');
  expect(readFileSync(copy)).toEqual(readFileSync(file));
  expect(existsSync(join(root, 'runs', 'many'))).toBe(false);
  expect(await codesOf(copy)).toEqual(await codesOf(file));
});
