import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { EngineId } from '../../../src/config/numerics';
import { extract } from '../../../src/trainer/extract';
import { trainRun } from '../../../src/trainer/run';
import { readEvents } from '../../../src/runs/tail';
import { hasGpu, hasNative } from '../engines/present';
import { layers, makeRun, mlp, temporaryRoot, training, type Wanted } from './folders';

const STEPS = 50;
const root = temporaryRoot();
afterAll(() => rmSync(root, { recursive: true }));

/** The quickstart's networks and optimizers, cut short. */
const big: Wanted = {
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
/** For a graphics processor in software, on which a product of small matrices takes 20 ms. */
const small: Wanted = {
  ...big,
  layers: layers(
    { type: 'flatten' },
    { type: 'dropout', rate: 0.1 },
    { type: 'dense', units: 16, activation: 'relu' },
    { type: 'dense', units: 10 },
  ),
  training: { ...big.training, steps: 15 },
};
const student: Wanted = {
  kind: 'student',
  layers: mlp(16, 10),
  training: training({ steps: STEPS, batchSize: 50, optimizer: { type: 'adam', learningRate: 0.02 } }),
  labels: 100,
};

/** The losses of each step of a teacher and of a student that it teaches. */
async function lossesOn(engine: EngineId, teacher: Wanted): Promise<number[]> {
  const name = `${engine}-${teacher.training.steps}`;
  const of = `runs/${name}/teacher`;
  const folders = [await makeRun(root, of, { ...teacher, engine })];
  expect(await trainRun(folders[0]!)).toBe('finished');
  await extract(folders[0]!);
  const method = { id: 'hinton', parameters: { temperature: 4, alpha: 0.9 } };
  folders.push(await makeRun(root, `runs/${name}/kd`, { ...student, engine, teacher: of, method }));
  expect(await trainRun(folders[1]!)).toBe('finished');
  const events = (await Promise.all(folders.map((folder) => readEvents(folder)))).flat();
  return events.flatMap((event) => (event.event === 'step' ? Object.values(event.raw) : []));
}

const others = [
  { engine: 'native', isHere: hasNative(), teacher: big },
  { engine: 'gpu', isHere: hasGpu(), teacher: small },
] as const;

for (const { engine, isHere, teacher } of others)
  test.runIf(isHere)(
    `${engine} gives the losses of portable, step by step`,
    async () => {
      const expected = await lossesOn('portable', teacher);
      const losses = await lossesOn(engine, teacher);
      expect(expected).toHaveLength(teacher.training.steps! + 2 * STEPS);
      expect(losses).toHaveLength(expected.length);
      const apart = losses.map((loss, i) => Math.abs(loss - expected[i]!) / Math.abs(expected[i]!));
      expect(Math.max(...apart)).toBeLessThan(1e-4);
      // It learns: a loss that stands still would agree too.
      expect(losses.at(-2)).toBeLessThan(losses.at(-2 * STEPS)! * 0.8);
    },
    300_000,
  );
