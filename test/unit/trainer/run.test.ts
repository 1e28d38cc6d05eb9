import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, afterEach, describe, expect, test, vi } from 'vitest';
import { formatJson } from '../../../src/runs/atomic';
import { newestCheckpoint } from '../../../src/runs/checkpoint';
import { costFileSchema } from '../../../src/runs/files';
import type { ProbesFile, ResultFile, RunEvent } from '../../../src/runs/files';
import { runFiles } from '../../../src/runs/layout';
import { processStart } from '../../../src/runs/processes';
import { readRungs } from '../../../src/runs/jsonLines';
import { runStatus } from '../../../src/runs/status';
import { readEvents } from '../../../src/runs/tail';
import { parseNpy } from '../../../src/data/npy';
import { fromCheckpoint } from '../../../src/trainer/checkpoints';
import { measureCost } from '../../../src/trainer/measureCost';
import { evaluate } from '../../../src/trainer/evaluate';
import { extract } from '../../../src/trainer/extract';
import { trainRun } from '../../../src/trainer/run';
import { layers, makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

let root: string;
const TEACHER = 'runs/teachers/mlp-32';
const complaints: string[] = [];

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const result = (folder: string) => json(runFiles(folder).result) as ResultFile;
const events = (folder: string) => readEvents(folder);
/** What must be the same each time: all but when and by whom. */
async function history(folder: string) {
  const kept = (await events(folder)).filter((e) => !['start', 'checkpoint', 'end'].includes(e.event));
  return kept.map((event) => ({ ...event, time: 0 }));
}
const of = <K extends RunEvent['event']>(all: RunEvent[], kind: K) =>
  all.filter((e): e is Extract<RunEvent, { event: K }> => e.event === kind);

const teacher: Wanted = {
  kind: 'teacher',
  layers: layers(
    { type: 'flatten' },
    { type: 'dense', units: 32, activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 10 },
  ),
  training: training({ steps: 300, optimizer: { type: 'adam', learningRate: 0.01 } }),
};
const student: Wanted = {
  kind: 'student',
  layers: mlp(16, 10),
  training: training({ steps: 200, optimizer: { type: 'adam', learningRate: 0.02 } }),
  labels: 100,
};
/** All that has state of its own: dropout and moving statistics. */
const deep = layers(
  { type: 'flatten' },
  { type: 'dense', units: 16 },
  { type: 'batchNormalization' },
  { type: 'activation', activation: 'relu' },
  { type: 'dropout', rate: 0.1 },
  { type: 'dense', units: 10 },
);
const distilled: Wanted = {
  ...student,
  teacher: TEACHER,
  method: { id: 'hinton', parameters: { temperature: 4, alpha: 0.9 } },
};

beforeAll(async () => {
  root = temporaryRoot();
  const folder = await makeRun(root, TEACHER, teacher);
  expect(await trainRun(folder)).toBe('finished');
  await extract(folder);
  return () => rmSync(root, { recursive: true });
});
beforeEach(() => {
  complaints.length = 0;
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A watch that asks for a stop once so many steps are done. */
const stopAfterSteps = (steps: number) => () => {
  let asked = 0;
  return () => Promise.resolve(asked++ === steps);
};

let made = 0;
/** A new run, trained. */
async function trained(wanted: Wanted) {
  const folder = await makeRun(root, `runs/few/arm-${made++}/seed-0`, wanted);
  const outcome = await trainRun(folder);
  return { folder, outcome };
}

describe('a finished run', () => {
  test('has learned, and left everything that a run folder holds', async () => {
    const { folder, outcome } = await trained(distilled);
    expect(outcome).toBe('finished');
    const { validation, parameters, bytes, steps, selectedStep, numTensors } = result(folder);
    expect(validation.accuracy).toBeGreaterThan(0.8);
    expect({ parameters, bytes, steps, selectedStep }).toEqual({
      parameters: 1210,
      bytes: 4840,
      steps: 200,
      selectedStep: 200,
    });
    expect(numTensors.last).toBe(numTensors.first);
    const files = runFiles(folder);
    for (const file of ['model.json', 'weights.bin', 'README.md'])
      expect(existsSync(join(files.model, file))).toBe(true);
    expect(parseNpy(readFileSync(files.predictions('validation')), '').shape).toEqual([297, 10]);
    expect(parseNpy(readFileSync(files.labels('validation')), '').shape).toEqual([297]);
    expect(existsSync(files.lease)).toBe(false);
    expect(existsSync(files.predictions('test'))).toBe(false);
  });

  test('tells each step, the shares of the gradient, evaluations and probes', async () => {
    const { folder } = await trained(distilled);
    const all = await events(folder);
    const steps = of(all, 'step');
    expect(steps.map((e) => e.step)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    for (const { raw, weighted, total } of steps) {
      expect(weighted['distillation']).toBeCloseTo(0.9 * raw['distillation']!, 10);
      expect(weighted['student']).toBeCloseTo(0.1 * raw['student']!, 10);
      expect(total).toBeCloseTo(weighted['distillation']! + weighted['student']!, 10);
    }
    expect(steps.at(-1)!.total).toBeLessThan(0.2 * steps[0]!.total);
    expect(of(all, 'gradient').map((e) => e.step)).toEqual(
      Array.from({ length: 20 }, (_, i) => 10 * (i + 1)),
    );
    for (const { norms, cosine } of of(all, 'gradient')) {
      expect(norms['distillation']).toBeGreaterThan(0);
      expect(norms['student']).toBeGreaterThan(0);
      expect(Math.abs(cosine!)).toBeLessThanOrEqual(1);
    }
    const evaluations = of(all, 'evaluation');
    expect(evaluations.map((e) => e.step)).toEqual(Array.from({ length: 40 }, (_, i) => 5 * (i + 1)));
    const last = evaluations.at(-1)!;
    expect(last.validation.accuracy).toBe(result(folder).validation.accuracy);
    expect(last.validation.agreement).toBeGreaterThan(0.8);
    expect(last.validation.klToTeacher).toBeGreaterThan(0);
    expect(last.trainAccuracy).toBeGreaterThan(0.9);
    const probes = json(runFiles(folder).probes) as ProbesFile;
    expect(probes.examples).toHaveLength(12);
    expect(new Set(probes.examples.map((e) => e.label)).size).toBe(10);
    for (const probe of of(all, 'probe'))
      expect(probe.logits.map((row) => row.length)).toEqual(Array(12).fill(10));
    expect(all.at(-1)).toMatchObject({ event: 'end', status: 'finished', step: 200, message: null });
  });

  test('is left as it is when trained again', async () => {
    const { folder } = await trained({ ...student, steps: 10 });
    const before = readdirSync(folder);
    expect(await trainRun(folder)).toBe('finished');
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('the same run', () => {
  test('gives the same events and weights twice, dropout and augmentation included', async () => {
    const wanted: Wanted = {
      ...teacher,
      kind: 'student',
      training: training({ steps: 60, augmentation: [{ type: 'noise', sd: 0.1 }] }),
    };
    const [a, b] = [await trained(wanted), await trained(wanted)];
    expect(result(b.folder).weights).toBe(result(a.folder).weights);
    expect(await history(b.folder)).toEqual(await history(a.folder));
    const other = await trained({ ...wanted, seed: 1 });
    expect(result(other.folder).weights).not.toBe(result(a.folder).weights);
  });

  test.each([
    ['adam', { steps: 60 }, 37],
    [
      'momentum and early stopping',
      { steps: 60, optimizer: { type: 'sgd', learningRate: 0.05 }, earlyStopping: {} },
      22,
    ],
  ])('stopped and resumed ends as if it had never stopped: %s', async (_, config, stopAfter) => {
    const wanted: Wanted = { ...distilled, layers: deep, training: training(config) };
    const whole = await trained(wanted);
    const folder = await makeRun(root, `runs/few/resumed-${made++}/seed-0`, wanted);
    expect(await trainRun(folder, { watch: stopAfterSteps(stopAfter) })).toBe('stopped');
    expect(newestCheckpoint(folder)!.step).toBe(stopAfter);
    expect((await events(folder)).at(-1)).toMatchObject({ event: 'end', status: 'stopped', cause: 'stop' });
    expect(existsSync(runFiles(folder).result)).toBe(false);
    expect(await trainRun(folder)).toBe('finished');
    const starts = of(await events(folder), 'start').map((e) => e.step);
    expect(starts).toEqual([0, stopAfter]);
    expect(await history(folder)).toEqual(await history(whole.folder));
    const { attempt, trainingSeconds, cpuSeconds, peakBytes, ...outcome } = result(folder);
    expect(attempt).toBe(2);
    for (const used of [trainingSeconds, cpuSeconds, peakBytes]) expect(used).toBeGreaterThan(0);
    expect(result(whole.folder)).toMatchObject(outcome);
  });

  test('paused at rungs and gone on with ends as if it had never paused, and says what it had reached there', async () => {
    const wanted: Wanted = { ...distilled, layers: deep, training: training({ steps: 60 }) };
    const whole = await trained(wanted);
    const folder = await makeRun(root, `runs/few/paused-${made++}/seed-0`, wanted);
    expect(await trainRun(folder, { until: 7 })).toBe('paused');
    expect((await runStatus(folder)).status).toBe('paused');
    expect(await trainRun(folder, { until: 20 })).toBe('paused');
    expect(await trainRun(folder)).toBe('finished');
    const rungs = await readRungs(folder);
    expect([...rungs.keys()]).toEqual([7, 20]);
    expect(rungs.get(20)!.loss).toBeLessThan(rungs.get(7)!.loss);
    expect(await history(folder)).toEqual(await history(whole.folder));
    expect(result(folder).weights).toBe(result(whole.folder).weights);
  });

  test('goes on from the older checkpoint where the newest is damaged', async () => {
    const wanted: Wanted = { ...student, training: training({ steps: 40 }) };
    const whole = await trained(wanted);
    const folder = await makeRun(root, `runs/few/damaged-${made++}/seed-0`, {
      ...wanted,
      training: training({ steps: 40, earlyStopping: { metric: 'accuracy' } }),
    });
    await trainRun(folder, { watch: stopAfterSteps(21) });
    writeFileSync(runFiles(folder).checkpoint(21), 'torn');
    expect(await trainRun(folder)).toBe('finished');
    expect(of(await events(folder), 'step').map((e) => e.total)).toEqual(
      of(await events(whole.folder), 'step').map((e) => e.total),
    );
  });
});

describe('scratch and distilled of a seed', () => {
  test('begin with the same weights and see the same examples', async () => {
    const zero = { ...distilled, method: { id: 'hinton', parameters: { temperature: 4, alpha: 0 } } };
    const [scratch, sameLoss] = [await trained(student), await trained(zero)];
    const student1 = of(await events(scratch.folder), 'step').map((e) => e.raw['student']);
    const student2 = of(await events(sameLoss.folder), 'step').map((e) => e.raw['student']);
    expect(student2).toEqual(student1);
    expect(result(sameLoss.folder).weights).toBe(result(scratch.folder).weights);
  });

  test('with the whole transfer set unlabelled examples bring no student loss', async () => {
    const { folder } = await trained({ ...distilled, transferSet: 'all' });
    const steps = of(await events(folder), 'step');
    expect(steps.at(-1)!.epoch).toBe(10);
    // About one in ten has a label; the mean is over all.
    expect(steps[0]!.raw['student']).toBeLessThan(1);
    expect(steps[0]!.raw['student']).toBeGreaterThan(0);
    expect(result(folder).validation.accuracy).toBeGreaterThan(0.8);
  });
});

describe('the teacher', () => {
  test('gives the same training from the cache as live, bit for bit', async () => {
    const cached = await trained(distilled);
    const live = await trained({ ...distilled, softTargets: 'live' });
    expect(result(live.folder).weights).toBe(result(cached.folder).weights);
    expect(await history(live.folder)).toEqual(await history(cached.folder));
  });

  test('from a cache of its largest logits trains nearly as from all of them', async () => {
    const all = await trained(distilled);
    const teacherFolder = join(root, distilled.teacher!);
    await extract(teacherFolder, 4);
    const few = await trained({ ...distilled, topK: 4 });
    const first = async (f: string) => of(await events(f), 'step')[0]!.raw;
    const [expected, raw] = [await first(all.folder), await first(few.folder)];
    expect(raw['student']).toBe(expected['student']);
    expect(raw['distillation']).not.toBe(expected['distillation']);
    expect(raw['distillation']! / expected['distillation']!).toBeCloseTo(1, 0);
    expect(result(few.folder).validation.accuracy).toBeGreaterThan(0.8);
  });

  test('sees augmented examples when live', async () => {
    const wanted: Wanted = {
      ...distilled,
      softTargets: 'live',
      training: training({ steps: 20, augmentation: [{ type: 'noise', sd: 0.3 }] }),
    };
    const { folder } = await trained(wanted);
    const stale = await trained({ ...wanted, softTargets: 'cache' });
    const first = async (f: string) => of(await events(f), 'step')[0]!.raw;
    expect((await first(folder))['student']).toBe((await first(stale.folder))['student']);
    expect((await first(folder))['distillation']).not.toBe((await first(stale.folder))['distillation']);
  });

  test('that is not extracted yet is a sentence', async () => {
    const cache = join(root, '.distillery');
    const aside = join(root, 'aside');
    renameSync(cache, aside);
    const { folder, outcome } = await trained(distilled);
    expect(outcome).toBe('failed');
    expect((await events(folder)).at(-1)).toMatchObject({
      status: 'failed',
      cause: 'input',
      message: 'The soft targets of the teacher teacher are not extracted yet: extract them first.',
    });
    rmSync(cache, { recursive: true, force: true });
    renameSync(aside, cache);
  });
});

describe('a training that cannot go on', () => {
  test('names the step, the term and the learning rate, and keeps the last good checkpoint', async () => {
    const { folder, outcome } = await trained({
      ...distilled,
      training: training({
        steps: 200,
        optimizer: { type: 'sgd', learningRate: 1e6, momentum: 0 },
        schedule: { type: 'constant', warmup: 150 },
      }),
    });
    expect(outcome).toBe('failed');
    const end = (await events(folder)).at(-1)!;
    expect(end).toMatchObject({ event: 'end', status: 'failed', cause: 'nan' });
    expect((end as { message: string }).message).toMatch(
      /^The (distillation loss|student loss) became (NaN|infinite) at step \d+, at learning rate [\d.e+]+\.$|^The weights .* are no longer finite/,
    );
    const kept = newestCheckpoint(folder);
    for (const { data } of kept?.arrays ?? []) expect(data.every(Number.isFinite)).toBe(true);
    expect(existsSync(runFiles(folder).result)).toBe(false);
  });

  test('because another process is writing the folder says so, and touches nothing', async () => {
    const folder = await makeRun(root, `runs/few/held-${made++}/seed-0`, student);
    const holder = {
      schemaVersion: 1,
      pid: process.ppid,
      started: await processStart(process.ppid),
      host: hostname(),
      attempt: 1,
      heartbeat: Date.now(),
    };
    writeFileSync(runFiles(folder).lease, formatJson(holder));
    await expect(trainRun(folder)).rejects.toThrow(/is writing/);
    expect(readdirSync(folder).sort()).toEqual(['lease.json', 'run.json']);
  });

  test('because the data or the numerics are others than planned says so', async () => {
    const folder = await makeRun(root, `runs/few/other-${made++}/seed-0`, student);
    const run = json(runFiles(folder).run) as { data: { hash: string }; numerics: { threads: number } };
    writeFileSync(runFiles(folder).run, JSON.stringify({ ...run, data: { ...run.data, hash: '9c1e77' } }));
    expect(await trainRun(folder)).toBe('failed');
    expect(complaints.join('')).toMatch(/^The data \(digits\) changed since this run was planned \(9c1e… → /);
    writeFileSync(
      runFiles(folder).run,
      JSON.stringify({ ...run, numerics: { ...run.numerics, threads: 64 } }),
    );
    expect(await trainRun(folder)).toBe('failed');
    expect(complaints.at(-1)).toMatch(/threads 64 → 1/);
    writeFileSync(
      runFiles(folder).run,
      JSON.stringify({ ...run, numerics: { ...run.numerics, variant: 'wasm-of-tomorrow' } }),
    );
    expect(await trainRun(folder)).toBe('failed');
    expect(complaints.at(-1)).toMatch(/variant wasm-of-tomorrow → wasm-/);
  });

  test('but not because others are preferred now than it was planned with', async () => {
    const folder = await makeRun(root, `runs/few/other-${made++}/seed-0`, student);
    const run = json(runFiles(folder).run) as { numerics: object };
    writeFileSync(
      runFiles(folder).run,
      JSON.stringify({ ...run, numerics: { ...run.numerics, variant: 'wasm-simd' } }),
    );
    expect(await trainRun(folder)).toBe('finished');
  });
});

describe('early stopping', () => {
  test('selects the best checkpoint and runs its budget', async () => {
    const { folder } = await trained({
      ...student,
      training: training({ steps: 80, optimizer: { type: 'adam', learningRate: 0.3 }, earlyStopping: {} }),
    });
    const evaluations = of(await events(folder), 'evaluation');
    const best = evaluations.reduce((a, b) => (b.validation.loss < a.validation.loss ? b : a));
    expect(evaluations.at(-1)!.step).toBe(80);
    expect(result(folder)).toMatchObject({
      steps: 80,
      selectedStep: best.step,
      validation: { loss: best.validation.loss },
    });
  });

  test('ends before its budget where that is asked for', async () => {
    const { folder } = await trained({
      ...student,
      training: training({
        steps: 400,
        optimizer: { type: 'adam', learningRate: 0.3 },
        earlyStopping: { stopEarly: true, patience: 3 },
      }),
    });
    const { steps, selectedStep } = result(folder);
    expect(steps).toBeLessThan(400);
    expect(steps).toBe(selectedStep + 3 * 10);
  });
});

describe('the test set', () => {
  test('is opened by evaluate, for finished runs alone', async () => {
    const { folder } = await trained({ ...student, steps: 50 });
    const files = runFiles(folder);
    await evaluate(folder);
    expect(parseNpy(readFileSync(files.predictions('test')), '').shape).toEqual([500, 10]);
    expect(parseNpy(readFileSync(files.labels('test')), '').shape).toEqual([500]);
    expect(existsSync(files.cost)).toBe(false);
    const unfinished = await makeRun(root, `runs/few/unfinished-${made++}/seed-0`, student);
    await expect(evaluate(unfinished)).rejects.toThrow(/stays sealed/);
  });
});

describe('what a network costs', () => {
  test('is measured for finished runs alone, without any data', async () => {
    const { folder } = await trained({ ...student, steps: 5 });
    await measureCost(folder);
    const cost = costFileSchema.parse(json(runFiles(folder).cost));
    expect(cost).toMatchObject({ engine: 'portable', multiplyAdds: 64 * 16 + 16 * 10 });
    expect(cost.of).toMatch(/^[0-9a-f]{64}$/);
    expect(cost.peakBytes).toBeGreaterThan(20e6);
    expect(cost.latency.map(({ batch }) => batch)).toEqual([1, 32]);
    for (const { medianMicroseconds, p95Microseconds, repeats } of cost.latency) {
      expect(repeats).toBeGreaterThanOrEqual(20);
      expect(medianMicroseconds).toBeGreaterThan(0);
      expect(p95Microseconds).toBeGreaterThanOrEqual(medianMicroseconds);
    }
    const unfinished = await makeRun(root, `runs/few/unmeasured-${made++}/seed-0`, student);
    await expect(measureCost(unfinished)).rejects.toThrow(/is not finished/);
  });

  test('of a training is counted over all its attempts', async () => {
    const folder = await makeRun(root, `runs/few/used-${made++}/seed-0`, student);
    await trainRun(folder, { watch: stopAfterSteps(100) });
    const before = fromCheckpoint(newestCheckpoint(folder)!).usage;
    expect(before.cpuSeconds).toBeGreaterThan(0);
    await trainRun(folder);
    const { trainingSeconds, cpuSeconds, peakBytes } = result(folder);
    expect(trainingSeconds).toBeGreaterThan(before.seconds);
    expect(cpuSeconds).toBeGreaterThan(before.cpuSeconds!);
    expect(peakBytes).toBeGreaterThanOrEqual(before.peakBytes!);
  });
});

test('a student that is a saved model goes on from its weights', async () => {
  const model = join(TEACHER, 'model', 'model.json');
  const { layers: _, ...rest } = student;
  const { folder, outcome } = await trained({ ...rest, model, training: training({ steps: 20 }) });
  expect(outcome).toBe('finished');
  const [first] = of(await events(folder), 'step');
  // The teacher has learned these examples; new weights would begin near log 10.
  expect(first!.total).toBeLessThan(0.5);
  expect(result(folder).weights).not.toBe(result(join(root, TEACHER)).weights);
});

test('a teacher that is a saved model is measured and exported without a step', async () => {
  const saved = join(root, 'saved');
  mkdirSync(saved, { recursive: true });
  for (const name of ['model.json', 'weights.bin'])
    writeFileSync(join(saved, name), readFileSync(join(root, TEACHER, 'model', name)));
  const folder = await makeRun(root, `runs/teachers/saved-${made++}`, {
    ...teacher,
    steps: 0,
    model: 'saved/model.json',
  });
  expect(await trainRun(folder)).toBe('finished');
  const [original, exported] = [result(join(root, TEACHER)), result(folder)];
  expect(exported).toMatchObject({ steps: 0, selectedStep: 0, weights: original.weights });
  expect(exported.validation).toEqual(original.validation);
});
