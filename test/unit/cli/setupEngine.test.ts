import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildPrograms, Stage } from '../runner/stage';
import { type } from './terminal';

let programs: string;
let stage: Stage;
let storage: string;
beforeAll(async () => {
  programs = await buildPrograms({ cli: 'src/cli/main.ts' });
  stage = new Stage(programs);
});
afterAll(async () => {
  await stage.close();
  rmSync(programs, { recursive: true });
});
beforeEach(() => {
  storage = join(stage.root, 'storage');
  vi.stubEnv('DISTILLERY_STORAGE', storage);
});
afterEach(() => {
  stage.behave({});
  vi.unstubAllEnvs();
  rmSync(storage, { recursive: true, force: true });
});
const distillery = (...args: string[]) => type(programs, stage, ...args).ended;

// What stands for npm is a script of a POSIX shell.
describe.runIf(process.platform !== 'win32')('setup gpu', () => {
  beforeAll(() => {
    const bin = join(stage.root, 'bin');
    mkdirSync(bin);
    const builds = `${process.platform}-${process.arch} ${process.platform}-universal`;
    const npm = `for build in ${builds} other-x64; do mkdir -p node_modules/webgpu/dist/$build; echo > node_modules/webgpu/dist/$build/dawn.node; done`;
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${npm}\n`);
    chmodSync(join(bin, 'npm'), 0o755);
  });
  beforeEach(() => vi.stubEnv('PATH', `${join(stage.root, 'bin')}:/usr/bin:/bin`));

  it('says the cost first, sets it up once, and removes it', async () => {
    stage.behave({ 'self-test gpu': 'passes' });
    const folder = join(storage, 'gpu');
    const first = await distillery('setup', 'gpu');
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^The GPU engine: downloads up to 52\sMB and uses 140\sMB on disk, in /);
    expect(first.stderr).toContain(folder);
    expect(first.stdout).toContain('The GPU engine works: ');
    expect(first.stdout).toContain('"engine": "gpu"');
    const second = await distillery('setup', 'gpu', '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({ folder, done: 'nothing', numerics: { engine: 'gpu' } });
    const removed = await distillery('setup', 'gpu', '--remove');
    expect(removed.stdout).toContain(`Removed ${folder}`);
    expect(existsSync(folder)).toBe(false);
  });

  it('fails with a sentence where no training goes well, and leaves nothing but the log', async () => {
    const { code, stderr } = await distillery('setup', 'gpu');
    expect(code).toBe(1);
    expect(stderr).toContain('The GPU engine could not be set up. It is not installed.');
    expect(readdirSync(storage)).toEqual(['gpu-setup.log']);
  });
});

describe('an experiment that asks for the GPU engine', () => {
  it('is checked, and computes on it alone', async () => {
    stage.experiment('graphic', { engine: 'gpu' });
    expect((await distillery('check', 'graphic.distill.json')).code).toBe(0);
    const { code, stderr } = await distillery('run', 'graphic.distill.json');
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      'asks for the engine "gpu", which does not work here. gpu: It is not installed.',
    );
    stage.behave({ 'self-test gpu': 'passes' });
    expect((await distillery('run', 'graphic.distill.json')).code).toBe(0);
  });

  it('may be told to on the command line', async () => {
    stage.experiment('plain', { engine: 'plain', seeds: 1 });
    stage.behave({ 'self-test gpu': 'passes' });
    expect((await distillery('run', 'plain.distill.json', '--engine', 'gpu')).code).toBe(0);
    expect((await distillery('run', 'plain.distill.json', '--retrain-on', 'gpu')).code).toBe(0);
  });
});
