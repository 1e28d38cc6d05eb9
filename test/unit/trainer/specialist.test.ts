import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNpy } from '../../../src/data/npy';
import { readResult, readSpecialist } from '../../../src/runs/folder';
import { runFiles } from '../../../src/runs/layout';
import { readEvents } from '../../../src/runs/tail';
import { confusableClasses } from '../../../src/tasks/confusable';
import { evaluate } from '../../../src/trainer/evaluate';
import { trainRun } from '../../../src/trainer/run';
import { makeRun, mlp, temporaryRoot, training } from './folders';

const GENERALIST = 'runs/teachers/generalist';
const SPECIALISTS = ['runs/teachers/special-1', 'runs/teachers/special-2'];
let root: string;
const inRoot = (path: string) => join(root, path);
const array = (file: string) => parseNpy(readFileSync(file), file);

const specialist = (folder: string, index: number, of = GENERALIST) =>
  makeRun(root, folder, {
    kind: 'teacher',
    layers: mlp(16, 10),
    training: training({ steps: 40, optimizer: { type: 'adam', learningRate: 0.002 } }),
    specialist: { of, index, count: 2 },
  });

beforeAll(async () => {
  root = temporaryRoot();
  const generalist = await makeRun(root, GENERALIST, {
    kind: 'teacher',
    layers: mlp(16, 10),
    training: training({ steps: 120, optimizer: { type: 'adam', learningRate: 0.02 } }),
  });
  expect(await trainRun(generalist)).toBe('finished');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a specialist', () => {
  test('waits for its generalist', async () => {
    const early = await specialist('runs/teachers/early', 0, 'runs/teachers/early');
    expect(await trainRun(early)).toBe('failed');
    expect((await readEvents(early)).at(-1)).toMatchObject({
      cause: 'input',
      message: 'The generalist generalist is not trained yet: train it first.',
    });
  });

  test('takes a group of the classes that its generalist confuses, all others as one', async () => {
    const { data } = array(runFiles(inRoot(GENERALIST)).predictions('validation'));
    const groups = confusableClasses(Float32Array.from(data), 10, 2);
    for (const [index, folder] of SPECIALISTS.entries()) {
      expect(await trainRun(await specialist(folder, index))).toBe('finished');
      const { value } = await readSpecialist(inRoot(folder));
      expect(value?.classes).toEqual(groups[index]);
      const files = runFiles(inRoot(folder));
      const width = groups[index]!.length + 1;
      expect(array(files.predictions('validation')).shape).toEqual([297, width]);
      expect(Math.max(...array(files.labels('validation')).data)).toBe(width - 1);
    }
    // The classes of both are all ten.
    expect(groups.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('begins where its generalist ended, not anew', async () => {
    const begun = (await readEvents(inRoot(SPECIALISTS[0]!))).find((event) => event.event === 'step');
    // A network of random weights would have a loss near log 2 or above.
    expect(begun?.event === 'step' && begun.raw['student']).toBeLessThan(0.6);
  });

  test('answers together with the others, of all classes, as large as they are', async () => {
    const folder = await makeRun(root, 'runs/teachers/all', {
      kind: 'teacher',
      training: training({}),
      steps: 0,
      ensemble: { average: 'specialists', members: [GENERALIST, ...SPECIALISTS] },
    });
    expect(await trainRun(folder)).toBe('finished');
    await evaluate(folder);
    const results = await Promise.all(
      [folder, GENERALIST, ...SPECIALISTS].map(
        async (one) => (await readResult(one.startsWith('/') ? one : inRoot(one))).value!,
      ),
    );
    const [own, generalist, ...others] = results;
    expect(own!.parameters).toBe([generalist!, ...others].reduce((sum, one) => sum + one.parameters, 0));
    expect(array(runFiles(folder).predictions('test')).shape).toEqual([500, 10]);
    expect(Math.abs(own!.validation.accuracy - generalist!.validation.accuracy)).toBeLessThan(0.05);
  });
});
