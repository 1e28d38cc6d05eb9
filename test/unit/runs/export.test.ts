import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { exportModel, exportName, findStudent } from '../../../src/runs/export';
import { prepare } from '../../../src/runs/prepare';
import { inProcess } from '../../fixtures/inProcess';
import { plantEngine, plantExperiment, plantResult, plantRun } from '../../fixtures/runFolders';
import { temporaryFolder } from './fixtures';

describe('exporting a model', () => {
  const FILES = ['README.md', 'model.json', 'weights.bin'];
  let root: string;
  let run: string;
  let target: string;
  beforeEach(() => {
    root = temporaryFolder();
    run = join(root, 'seed-0');
    target = join(root, 'to', 'few & “more”');
    mkdirSync(join(run, 'model'), { recursive: true });
    for (const name of FILES) writeFileSync(join(run, 'model', name), name);
  });
  const there = () => readdirSync(join(root, 'to'));

  it('copies all files into a new folder, which is like any other', async () => {
    await exportModel(run, target);
    expect(readdirSync(target).sort()).toEqual(FILES);
    expect(readFileSync(join(target, 'weights.bin'), 'utf8')).toBe('weights.bin');
    expect(there()).toEqual(['few & “more”']);
    mkdirSync(join(root, 'plain'));
    expect(statSync(target).mode).toBe(statSync(join(root, 'plain')).mode);
  });

  it('copies into a folder that is empty', async () => {
    mkdirSync(target, { recursive: true });
    await exportModel(run, target);
    expect(readdirSync(target).sort()).toEqual(FILES);
  });

  it('overwrites nothing', async () => {
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'model.json'), 'mine');
    await expect(exportModel(run, target)).rejects.toThrow(/exists already.*nothing is overwritten/);
    expect(readdirSync(target)).toEqual(['model.json']);
    expect(readFileSync(join(target, 'model.json'), 'utf8')).toBe('mine');
  });

  it('leaves nothing where the model is gone', async () => {
    rmSync(join(run, 'model', 'model.json'));
    await expect(exportModel(run, target)).rejects.toThrow(/holds no model/);
    expect(existsSync(join(root, 'to'))).toBe(false);
  });

  it.runIf(process.platform !== 'win32')('leaves nothing where something cannot be copied', async () => {
    execFileSync('mkfifo', [join(run, 'model', 'pipe')]);
    await expect(exportModel(run, target)).rejects.toThrow(/pipe/i);
    expect(there()).toEqual([]);
  });

  it('leaves nothing where the place cannot be written', async () => {
    writeFileSync(join(root, 'to'), 'a file');
    await expect(exportModel(run, target)).rejects.toThrow(/is a file, not a folder/);
    expect(readFileSync(join(root, 'to'), 'utf8')).toBe('a file');
  });
});

describe('the student that is exported', () => {
  async function trained(accuracies: Record<string, number>) {
    const file = plantExperiment(temporaryFolder());
    await plantEngine(file);
    const { experiment, plan } = await prepare(file, inProcess);
    const primary = plan!.arms.find((arm) => arm.primary)!;
    for (const [key, accuracy] of Object.entries(accuracies)) {
      const [slug, seed] = key.split(' ');
      const arm = slug === 'primary' ? primary.slug : slug;
      const item = plan!.items.find((one) => one.arm === arm && one.seed === Number(seed))!;
      plantResult(await plantRun(file, item.id), accuracy);
    }
    const find = (wanted: { arm?: string; seed?: number }) => findStudent(experiment!, plan!, wanted);
    return { find, primary };
  }

  it('is of the primary arm the best on validation', async () => {
    const { find, primary } = await trained({ 'primary 0': 0.8, 'primary 2': 0.9, 'scratch 1': 0.95 });
    expect(await find({})).toMatchObject({ arm: { slug: primary.slug }, seed: 2, accuracy: 0.9, trained: 2 });
    expect(await find({ seed: 0 })).toMatchObject({ seed: 0 });
    expect(await find({ arm: 'scratch' })).toMatchObject({ arm: { scratch: true }, seed: 1 });
    expect(await find({ arm: primary.title })).toMatchObject({ seed: 2 });
  });

  it('of equals has the lower seed', async () => {
    const { find } = await trained({ 'primary 3': 0.9, 'primary 1': 0.9 });
    expect(await find({})).toMatchObject({ seed: 1 });
  });

  it('is none where the arm or the training is not there', async () => {
    const { find } = await trained({ 'primary 0': 0.8 });
    await expect(find({ arm: 'constructor' })).rejects.toThrow(
      /no arm “constructor”. The arms are scratch, /,
    );
    await expect(find({ seed: 4 })).rejects.toThrow(/with seed 4 is trained.*Trained are the seeds 0\./);
    await expect(find({ arm: 'scratch' })).rejects.toThrow('No student of the arm “Scratch” is trained');
  });

  it('has a folder that is named after it', () => {
    expect(exportName('few', 'kd', 3)).toBe('few-kd-seed-3');
    expect(exportName('few', undefined, 0)).toBe('few-student-seed-0');
  });
});
