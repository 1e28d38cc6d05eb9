import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ResultFile } from '../../../src/runs/files';
import { runFiles } from '../../../src/runs/layout';
import { readEvents } from '../../../src/runs/tail';
import { extract } from '../../../src/trainer/extract';
import { trainTogether } from '../../../src/trainer/population/together';
import { trainRun } from '../../../src/trainer/run';
import { layers, makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

const TEACHER = 'runs/teachers/mlp';
let root: string;

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  root = temporaryRoot();
  const teacher = await makeRun(root, TEACHER, {
    kind: 'teacher',
    layers: mlp(24, 10),
    training: training({ steps: 60 }),
  });
  await trainRun(teacher);
  await extract(teacher);
  return () => rmSync(root, { recursive: true });
});
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockImplementation((t) => { console.log(String(t)); return true; });
});

const student: Wanted = {
  kind: 'student',
  layers: mlp(16, 10),
  training: training({ steps: 60, batchSize: 32, optimizer: { type: 'adam', learningRate: 0.02 } }),
  labels: 100,
};
const hinton = (temperature: number, alpha: number, more: Partial<Wanted> = {}): Wanted => ({
  ...student,
  teacher: TEACHER,
  method: { id: 'hinton', parameters: { temperature, alpha } },
  ...more,
});

let made = 0;
const make = (wanted: Wanted) => makeRun(root, `runs/few/arm-${made++}/seed-0`, wanted);

/** All that a run leaves but when, by whom, and how many tensors others had meanwhile. */
async function left(folder: string) {
  const { weights, validation, selectedStep, steps } = JSON.parse(
    readFileSync(runFiles(folder).result, 'utf8'),
  ) as ResultFile;
  const events = (await readEvents(folder)).filter((e) => !['start', 'checkpoint', 'end'].includes(e.event));
  return { weights, validation, selectedStep, steps, events: events.map((event) => ({ ...event, time: 0 })) };
}

async function alone(wanted: Wanted) {
  const folder = await make(wanted);
  expect(await trainRun(folder)).toBe('finished');
  return left(folder);
}

describe('runs that train together', () => {
  test('leave, bit for bit, what each leaves alone, whoever their neighbours are', async () => {
    const wanted = [
      student,
      hinton(4, 0.9),
      hinton(4, 0.5, { seed: 1 }),
      hinton(1, 1),
      hinton(20, 0, { seed: 3 }),
      { ...student, seed: 2 },
    ];
    const expected = await Promise.all([]);
    for (const one of wanted) expected.push((await alone(one)) as never);
    for (const group of [[1], [0, 1], [5, 3, 1, 0, 2, 4], [4, 2, 0]]) {
      const folders: string[] = [];
      for (const i of group) folders.push(await make(wanted[i]!));
      expect(await trainTogether(folders)).toBe(0);
      for (const [at, i] of group.entries()) expect(await left(folders[at]!)).toEqual(expected[i]);
    }
  });
});
