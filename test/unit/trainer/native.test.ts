import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { extract } from '../../../src/trainer/extract';
import { trainRun } from '../../../src/trainer/run';
import { readEvents } from '../../../src/runs/tail';
import { hasNative } from '../engines/present';
import { layers, makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

const STEPS = 50;
const root = temporaryRoot();
afterAll(() => rmSync(root, { recursive: true }));

/** The quickstart's networks and optimizers, cut short. */
const teacher: Wanted = {
  kind: 'teacher',
  layers: layers(
    { type: 'flatten' },
    { type: 'dropout', rate: 0.1 },
    { type: 'dense', units: 256, activation: 'relu' },
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', units: 256, activation: 'relu' },
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', units: 10 },
  ),
  training: training({ steps: STEPS, batchSize: 50, optimizer: { type: 'adam', learningRate: 0.002 } }),
};
const student: Wanted = {
  kind: 'student',
  layers: mlp(16, 10),
  training: training({ steps: STEPS, batchSize: 50, optimizer: { type: 'adam', learningRate: 0.02 } }),
  labels: 100,
};

/** The losses of each step of a teacher and of a student that it teaches. */
async function lossesOn(engine: 'portable' | 'native'): Promise<number[]> {
  const of = `runs/${engine}/teacher`;
  const folders = [await makeRun(root, of, { ...teacher, engine })];
  expect(await trainRun(folders[0]!)).toBe('finished');
  await extract(folders[0]!);
  const method = { id: 'hinton', parameters: { temperature: 4, alpha: 0.9 } };
  folders.push(await makeRun(root, `runs/${engine}/kd`, { ...student, engine, teacher: of, method }));
  expect(await trainRun(folders[1]!)).toBe('finished');
  const events = (await Promise.all(folders.map((folder) => readEvents(folder)))).flat();
  return events.flatMap((event) => (event.event === 'step' ? Object.values(event.raw) : []));
}

describe.runIf(hasNative())('native', () => {
  test('gives the losses of portable, step by step', async () => {
    const expected = await lossesOn('portable');
    const losses = await lossesOn('native');
    expect(expected.length).toBeGreaterThanOrEqual(3 * STEPS);
    expect(losses).toHaveLength(expected.length);
    const apart = losses.map((loss, i) => Math.abs(loss - expected[i]!) / Math.abs(expected[i]!));
    expect(Math.max(...apart)).toBeLessThan(1e-4);
    // Both learn: a loss that stands still would agree too.
    expect(losses[STEPS - 1]).toBeLessThan(losses[0]! * 0.8);
  });
});
