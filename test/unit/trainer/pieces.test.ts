import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { inMemory } from '../../../src/data/inputs';
import type { SeenData } from '../../../src/data/preprocessor';
import { Batches } from '../../../src/trainer/batches';
import { pickExamples } from '../../../src/trainer/examples';
import { checkFinite, checkWeights, Diverged, explain } from '../../../src/trainer/failures';
import { chooseProbes } from '../../../src/trainer/probes';
import { hasWaitedEnough, select, type Selection } from '../../../src/trainer/selection';
import { stopWatch } from '../../../src/trainer/stopping';
import type { TrainingData } from '../../../src/trainer/trainingData';
import { temporaryRoot, training } from './folders';

describe('chooseProbes', () => {
  const labels = Int32Array.from([2, 0, 0, 1, 2, 1]);
  // The gap between the two largest logits falls with the row: row 5 is the least sure.
  const logits = Float32Array.from(labels.keys(), (i) => 6 - i).reduce(
    (all, gap, i) => all.fill(gap, i * 3, i * 3 + 1),
    new Float32Array(18),
  );

  test('takes the least sure of each class first', () => {
    expect(chooseProbes(labels, logits, 3)).toEqual([5, 4, 2, 3, 1, 0]);
  });

  test('takes the first of each class where there is no teacher', () => {
    expect(chooseProbes(labels, null, 3)).toEqual([0, 1, 3, 2, 4, 5]);
  });

  test('takes a dozen, one of each class among them', () => {
    const many = Int32Array.from({ length: 300 }, (_, i) => (i < 290 ? 0 : i - 290));
    const chosen = chooseProbes(many, null, 10);
    expect(chosen).toHaveLength(12);
    expect(new Set(chosen.map((i) => many[i])).size).toBe(10);
  });
});

describe('select', () => {
  const run = (rule: Parameters<typeof select>[0], values: number[]) =>
    values.reduce<Selection | null>(
      (previous, loss, i) => select(rule, previous, i + 1, { loss, accuracy: -loss }),
      null,
    )!;
  const rule = (metric: 'loss' | 'accuracy', stopEarly = true) => ({ metric, stopEarly, patience: 2 });

  test('without early stopping the newest', () => {
    expect(run(undefined, [1, 2, 3])).toMatchObject({ step: 3, waited: 0 });
  });

  test.each(['loss', 'accuracy'] as const)('with it the best, the earliest of equals: %s', (metric) => {
    expect(run(rule(metric), [3, 1, 2, 1])).toMatchObject({ step: 2, waited: 2 });
  });

  test('ends only where that is asked for, and patience is over', () => {
    const waited = run(rule('loss'), [1, 2, 3]);
    expect(hasWaitedEnough(rule('loss'), waited)).toBe(true);
    expect(hasWaitedEnough(rule('loss', false), waited)).toBe(false);
    expect(hasWaitedEnough(rule('loss'), run(rule('loss'), [1, 2]))).toBe(false);
    expect(hasWaitedEnough(undefined, waited)).toBe(false);
  });
});

describe('Batches', () => {
  const numbers = Float32Array.from([0, 1, 10, 11, 20, 21, 30, 31]);
  const inputs = inMemory(numbers, 4);
  const set: SeenData = {
    inputs,
    raw: inputs,
    preprocessor: null,
    inputShape: [2],
    pictureShape: null,
    labels: Int32Array.from([0, 1, 1, 0]),
    classes: ['a', 'b'],
    count: 4,
    hash: '',
    labelFile: null,
  };
  const data: TrainingData = {
    inputShape: [2],
    preprocessor: null,
    pictureShape: null,
    classes: ['a', 'b'],
    train: pickExamples(set, Int32Array.from([0, 1, 2, 3])),
    validation: pickExamples(set, new Int32Array()),
    transfer: Int32Array.from([1, 3]),
    labelled: Int32Array.from([1, 3]),
  };
  const transferred = { labelled: data.labelled, all: Int32Array.from([0, 1, 2, 3]) };
  const batches = (transferSet: 'labelled' | 'all', config: object = {}) =>
    new Batches(
      { seed: 0, training: training({ batchSize: 4, ...config }) },
      { ...data, transfer: transferred[transferSet] },
    );

  test('of the labelled examples hold their inputs and labels', () => {
    const { positions, inputs, labels, labelled } = batches('labelled').at(0);
    expect([...positions].sort()).toEqual([1, 3]);
    positions.forEach((position, i) => {
      expect([...inputs.subarray(2 * i, 2 * i + 2)]).toEqual([10 * position, 10 * position + 1]);
      expect(labels[2 * i + data.train.labels[position]!]).toBe(1);
    });
    expect(labels.reduce((a, b) => a + b)).toBe(2);
    expect(labelled).toBeNull();
  });

  test('of all examples hide the labels that the run may not see', () => {
    const { positions, labels, labelled } = batches('all').at(0);
    positions.forEach((position, i) => {
      const known = position === 1 || position === 3;
      expect(labelled![i]).toBe(known ? 1 : 0);
      expect(labels[2 * i]! + labels[2 * i + 1]!).toBe(known ? 1 : 0);
    });
  });

  test('are augmented by seed and step, and leave the data as they are', () => {
    const before = numbers.slice();
    const noisy = () => batches('all', { augmentation: [{ type: 'noise', sd: 1 }] });
    expect(noisy().at(3)).toEqual(noisy().at(3));
    expect(noisy().at(3).inputs).not.toEqual(batches('all').at(3).inputs);
    expect(numbers).toEqual(before);
  });
});

describe('what cannot go on is a sentence', () => {
  test('for a term that is not finite', () => {
    expect(() => checkFinite({ distillation: NaN, student: 1 }, 37, 0.5)).toThrow(
      'The distillation loss became NaN at step 37, at learning rate 0.5.',
    );
    expect(() => checkFinite({ student: Infinity }, 2, 1e-3)).toThrow(
      'The student loss became infinite at step 2, at learning rate 0.001.',
    );
    checkFinite({ student: 1e30 }, 1, 1);
  });

  test('for weights that are not finite', () => {
    expect(() => checkWeights({ 'dense_1/kernel': Float32Array.from([0, NaN]) }, 3, 0.1)).toThrow(Diverged);
    checkWeights({ 'dense_1/kernel': Float32Array.from([0, 1]) }, 3, 0.1);
  });

  test('for memory, for input and for bugs, each with its cause', () => {
    const memory = explain(new RangeError('Out of memory: 9 bytes do not fit on the WebAssembly heap.'), 12);
    expect(memory.cause).toBe('memory');
    expect(memory.message).toMatch(
      /^Ran out of memory at step 12 \([\d.]+ GB of [\d.]+ GB\)\. Halve the batch size\.$/,
    );
    expect(explain(new UserError('No such file.'), 1)).toEqual({ message: 'No such file.', cause: 'input' });
    expect(explain(new Diverged('It diverged.'), 1).cause).toBe('nan');
    expect(explain(new TypeError('x is not a function'), 4)).toEqual({
      message: 'The trainer failed at step 4: x is not a function',
      cause: 'exit',
    });
  });
});

describe('stopWatch', () => {
  const folders = () => {
    const experiment = join(temporaryRoot(), 'runs', 'few');
    const run = join(experiment, 'scratch', 'seed-0');
    mkdirSync(run, { recursive: true });
    return { experiment, run };
  };

  test.each(['experiment', 'run'] as const)('sees the stop file of the %s', async (which) => {
    const places = folders();
    expect(await stopWatch(places.run, 'student')()).toBe(false);
    writeFileSync(join(places[which], 'stop'), '');
    expect(await stopWatch(places.run, 'student')()).toBe(true);
    rmSync(places.experiment, { recursive: true });
  });

  test('looks again after a while', async () => {
    const { run } = folders();
    const asks = stopWatch(run, 'student');
    expect(await asks()).toBe(false);
    writeFileSync(join(run, 'stop'), '');
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(await asks()).toBe(true);
  });
});

test('training cannot reach the test rows: only evaluate.ts imports what reads them', () => {
  const folder = join(__dirname, '../../../src/trainer');
  const importers = (pattern: RegExp) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && pattern.test(readFileSync(join(folder, file), 'utf8')),
    );
  expect(importers(/from '\.{1,2}\/testData'/)).toEqual(['evaluate.ts']);
  expect(importers(/from '\.{1,2}\/evaluate'/)).toEqual(['main.ts']);
  expect(importers(/from '\.\/openData'/)).toEqual(['testData.ts', 'trainingData.ts']);
  expect(importers(/\bparts\.test\b/)).toEqual(['testData.ts']);
  // All rows are read, for several runs at once too; which are of which part only one place knows.
  expect(importers(/\bsplitRows\(/)).toEqual(['openData.ts']);
  expect(importers(/\bloadData\(/)).toEqual([join('group', 'sharedReads.ts')]);
});
