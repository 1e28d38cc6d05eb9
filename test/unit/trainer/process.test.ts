import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { bundles } from '../../../scripts/lib/bundles.mjs';
import { wasmFiles } from '../../../scripts/lib/wasm.mjs';
import { NATIVE_VARIANTS } from '../../../src/config/numerics';
import { newestCheckpoint } from '../../../src/runs/checkpoint';
import { readResult } from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { readEvents } from '../../../src/runs/tail';
import type { StepTimes } from '../../../src/trainer/timeSteps';
import { hasGpu, hasNative } from '../engines/present';
import { makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

let root: string;
let trainer: string;

beforeAll(async () => {
  root = temporaryRoot();
  const dist = join(root, 'dist');
  trainer = join(dist, 'trainer.js');
  await build({ ...bundles.trainer, outdir: dist });
  mkdirSync(join(dist, 'wasm'));
  for (const file of wasmFiles) cpSync(file, join(dist, 'wasm', basename(file)));
  return () => rmSync(root, { recursive: true });
});

/** Without a native engine, but what a test puts beside the program. */
function start(...args: string[]) {
  return startWith(join(root, 'no-storage'), ...args);
}

function startWith(storage: string | undefined, ...args: string[]) {
  const child = spawn(process.execPath, [trainer, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISTILLERY_STORAGE: storage },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}

const student = (steps: number) => ({
  kind: 'student' as const,
  layers: mlp(16, 10),
  training: training({ steps }),
});

describe('trainer.js', () => {
  test.each(['portable', 'plain'])(
    'self-test %s prints one line: it works, and its numerics',
    async (engine) => {
      const { code, stdout } = await start('self-test', engine).ended;
      expect(code).toBe(0);
      expect(stdout.trim().split('\n')).toHaveLength(1);
      expect(JSON.parse(stdout)).toMatchObject({
        engine,
        ok: true,
        numerics: { engine, execution: 'eager' },
      });
    },
  );

  test('probe native says in one line what is the matter where it is not installed', async () => {
    const { code, stdout } = await start('self-test', 'native').ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      engine: 'native',
      ok: false,
      reason: 'Native TensorFlow is not installed.',
    });
  });

  test.runIf(hasNative())('probe native works with what is in the storage folder', async () => {
    const { stdout, stderr } = await startWith(process.env['DISTILLERY_STORAGE'], 'self-test', 'native')
      .ended;
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ engine: 'native', ok: true, numerics: { engine: 'native' } });
  });

  test.each([
    [
      'does not load',
      '4.22.0',
      'throw new Error("libtensorflow.so: cannot open shared object file\\nmore");',
      'Native TensorFlow is installed but does not load (libtensorflow.so: cannot open shared object file).',
    ],
    [
      'is of another version',
      '4.0.0',
      '',
      'Native TensorFlow here is @tensorflow/tfjs-node 4.0.0; Distillery needs 4.22.0.',
    ],
    ['registers nothing', '4.22.0', '', 'Native TensorFlow is installed but did not start.'],
    [
      'lacks its binding',
      null,
      '',
      'Native TensorFlow is installed without its binding (tfjs_binding.node).',
    ],
  ])('probe native says so where it %s', async (_, version, source, reason) => {
    const modules = join(root, 'node_modules', '@tensorflow');
    const put = (file: string, text: string) => {
      mkdirSync(dirname(join(modules, file)), { recursive: true });
      writeFileSync(join(modules, file), text);
    };
    put('tfjs-node/package.json', JSON.stringify({ version }));
    put('tfjs-node/index.js', source);
    if (version !== null) put('tfjs-node/lib/napi-v8/tfjs_binding.node', '');
    for (const name of ['tfjs', 'tfjs-core'])
      put(`${name}/index.js`, 'throw new Error("This copy must not be loaded.");');
    const { stdout } = await start('self-test', 'native').ended;
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toEqual({ engine: 'native', ok: false, reason });
  });

  test('train ends with 0', async () => {
    const folder = await makeRun(root, 'runs/few/a/seed-0', student(20));
    const { code, stdout, stderr } = await start('train', folder).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('step 0 of 20, 1210 parameters, engine portable.');
    expect(existsSync(runFiles(folder).result)).toBe(true);
  });

  test('train on two threads ends, with the weights of one', async () => {
    const wide = { ...student(20), layers: mlp(2048, 10) };
    const weights = [];
    for (const threads of ['1', '2']) {
      const folder = await makeRun(root, `runs/few/threads-${threads}/seed-0`, wide);
      vi.stubEnv('DISTILLERY_THREADS', threads);
      const { code, stderr } = await start('train', folder).ended;
      vi.unstubAllEnvs();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      weights.push(newestCheckpoint(folder)!.arrays);
    }
    expect(weights[1]).toEqual(weights[0]);
  });

  test('train ends with 3 and a checkpoint on SIGTERM', async () => {
    const folder = await makeRun(root, 'runs/few/b/seed-0', student(1_000_000));
    const { child, ended } = start('train', folder);
    while (!(await readEvents(folder)).some((e) => e.event === 'step'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGTERM');
    const { code } = await ended;
    expect(code).toBe(3);
    const end = (await readEvents(folder)).at(-1)!;
    expect(end).toMatchObject({ event: 'end', status: 'stopped', cause: 'stop' });
    expect(newestCheckpoint(folder)!.step).toBe(end.step);
    expect(existsSync(runFiles(folder).lease)).toBe(false);
  });

  describe.runIf(hasNative())('with numerics that only a new process can have', () => {
    const storage = process.env['DISTILLERY_STORAGE'];
    const numerics = { variant: NATIVE_VARIANTS.xla, threads: 1 };
    const run = { ...student(3000), engine: 'native' as const, numerics };

    test('times the steps of a run and writes nothing', async () => {
      const folder = await makeRun(root, 'runs/few/timed/seed-0', run);
      const { code, stdout } = await startWith(storage, 'time', folder).ended;
      expect(code).toBe(0);
      const times = JSON.parse(stdout) as StepTimes;
      expect(times.stepSeconds).toBeGreaterThan(0);
      expect(times.stepSeconds).toBeLessThan(1);
      expect(times.startSeconds).toBeGreaterThan(times.stepSeconds);
      expect(readdirSync(folder)).toEqual(['run.json']);
    });
  });

  /** That a run which was stopped ends as one that was not, with what is in the storage folder. */
  async function expectToGoOn(name: string, run: Wanted): Promise<void> {
    const storage = process.env['DISTILLERY_STORAGE'];
    const whole = await makeRun(root, `runs/few/${name}-whole/seed-0`, run);
    const halved = await makeRun(root, `runs/few/${name}-halved/seed-0`, run);
    expect((await startWith(storage, 'train', whole).ended).code).toBe(0);
    const { child, ended } = startWith(storage, 'train', halved);
    while (!(await readEvents(halved)).some((e) => e.event === 'step'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(3);
    expect((await startWith(storage, 'train', halved).ended).code).toBe(0);
    const results = await Promise.all([whole, halved].map((folder) => readResult(folder)));
    expect(results[1]!.value!.weights).toBe(results[0]!.value!.weights);
  }

  test.runIf(hasNative())('compiled by XLA, a run goes on from a checkpoint bit for bit', () =>
    expectToGoOn('xla', {
      ...student(3000),
      engine: 'native',
      numerics: { variant: NATIVE_VARIANTS.xla, threads: 1 },
    }),
  );

  test.runIf(hasGpu())(
    'on the GPU engine, a run goes on from a checkpoint bit for bit',
    () => expectToGoOn('gpu', { ...student(50), engine: 'gpu' }),
    300_000,
  );

  test.runIf(hasGpu())(
    'probe gpu takes a graphics processor in software only where a test asks for it',
    async () => {
      const inSoftware = process.env['DISTILLERY_SOFTWARE_GPU'] === '1';
      vi.stubEnv('DISTILLERY_SOFTWARE_GPU', undefined);
      const { stdout } = await startWith(process.env['DISTILLERY_STORAGE'], 'self-test', 'gpu').ended;
      vi.unstubAllEnvs();
      const reason = inSoftware
        ? /^WebGPU finds no graphics processor here, only one in software \(/
        : /lowered its loss/;
      expect(JSON.parse(stdout)).toMatchObject({
        ok: !inSoftware,
        reason: expect.stringMatching(reason) as unknown,
      });
    },
  );

  test('ends with 1 and a sentence on what cannot be done', async () => {
    const { code, stderr } = await start('train', join(root, 'nowhere')).ended;
    expect(code).toBe(1);
    expect(stderr).toBe(`${join(root, 'nowhere')} is not a run folder: it has no run.json.\n`);
    expect((await start('fly').ended).stderr).toMatch(/^Usage: trainer\.js/);
  });
});
