import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runFileSchema } from '../../../src/runs/files';
import { loadTestData } from '../../../src/trainer/testData';
import { loadTrainingData, type TrainingData } from '../../../src/trainer/trainingData';
import { makeRun, mlp, temporaryRoot, training } from './folders';

test('training data hold train and validation rows, test data the others, and neither reaches beyond', async () => {
  const root = temporaryRoot();
  const folder = await makeRun(root, 'runs/few/scratch/seed-0', {
    kind: 'student',
    layers: mlp(10),
    training: training({ steps: 1 }),
    labels: 100,
  });
  const run = runFileSchema.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')));
  const data = await loadTrainingData(run, root);
  const sealed = await loadTestData(run, root);
  const rows = [data.train, data.validation, sealed].map((part) => [...part.rows]);
  expect(rows.map((part) => part.length)).toEqual([1000, 297, 500]);
  expect(new Set(rows.flat()).size).toBe(1797);
  for (const part of [data.train, data.validation, sealed]) {
    const inputs = part.take([0, part.count - 1]);
    expect(inputs.length).toBe(2 * 64);
    // Nothing but these rows lies behind the numbers.
    expect(inputs.buffer.byteLength).toBe(4 * inputs.length);
    expect(part.labels.buffer.byteLength).toBe(4 * part.count);
    for (const beyond of [-1, part.count]) expect(() => part.take([beyond])).toThrow(RangeError);
  }
  expect(data.labelled).toHaveLength(100);
  expect(Math.max(...data.labelled)).toBeLessThan(1000);
  rmSync(root, { recursive: true });
});

describe('a transfer set of some classes', () => {
  const load = async (wanted: object) => {
    const root = temporaryRoot();
    const folder = await makeRun(root, 'runs/few/arm/seed-0', {
      kind: 'student',
      layers: mlp(10),
      training: training({ steps: 1 }),
      labels: 100,
      ...wanted,
    });
    const run = runFileSchema.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')));
    return loadTrainingData(run, root).finally(() => rmSync(root, { recursive: true }));
  };
  const classesOf = ({ train, classes }: TrainingData, positions: Int32Array) =>
    [...new Set(Array.from(positions, (i) => classes[train.labels[i]!]!))].sort();

  test('holds no other, labelled or not; validation holds all', async () => {
    const some = await load({ transferSet: 'all', transferClasses: ['7', '8'] });
    expect(classesOf(some, some.transfer)).toEqual(['7', '8']);
    expect(classesOf(some, some.labelled)).toEqual(['7', '8']);
    expect(new Set(some.validation.labels).size).toBe(10);
    const all = await load({ transferSet: 'all' });
    expect(all.transfer).toHaveLength(1000);
    expect([...some.transfer]).toEqual(
      [...all.transfer].filter((i) => ['7', '8'].includes(all.classes[all.train.labels[i]!]!)),
    );
    const labelled = await load({ transferClasses: ['7', '8'] });
    expect(labelled.transfer).toEqual(some.labelled);
    expect(labelled.labelled).toEqual(some.labelled);
  });

  test('says where it holds nothing', async () => {
    await expect(load({ labels: 1, transferClasses: ['7'] })).rejects.toThrow(
      'None of the 1 training examples is of the classes 7: nothing is left to train on.',
    );
  });
});
