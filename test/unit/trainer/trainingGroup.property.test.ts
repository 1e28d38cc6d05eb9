import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Layer } from '../../../src/config/layers';
import { optimizerSchema } from '../../../src/config/training';
import { stream } from '../../../src/data/random';
import type { LoadedEngine } from '../../../src/engines/engine';
import { portableVariants } from '../../../src/engines/portable';
import { findMethod } from '../../../src/methods/catalogue';
import type { Method } from '../../../src/methods/method';
import { buildNetwork } from '../../../src/models/build';
import { TrainingGroup } from '../../../src/trainer/group/trainingGroup';
import { chooseStepper, type MakeStepper } from '../../../src/trainer/steps/chooseStepper';
import type { StepData } from '../../../src/trainer/steps/data';
import { loadPortable } from '../engines/present';
import { layers } from './folders';
import { distancesKept } from './relating';

const SHAPE = [3, 3, 1];
const CLASSES = 5;

/** A run in short: steps from `from` to `to`, some of them with a comparison of gradients and an evaluation. */
interface Small {
  seed: number;
  method: Method;
  given: Record<string, unknown>;
  optimizer: Record<string, unknown>;
  from: number;
  to: number;
}

/** Batches of seven and sometimes four; in some of them not all have a label. */
function dataAt(seed: number, step: number): StepData {
  const count = step % 3 === 2 ? 4 : 7;
  const random = stream(seed, 'data', step);
  const labelled = step % 2 === 0 ? null : Float32Array.from({ length: count }, (_, i) => Number(i > 1));
  const labels = new Float32Array(count * CLASSES);
  for (let i = 0; i < count; i++) labels[i * CLASSES + random.integer(CLASSES)] = labelled?.[i] ?? 1;
  return {
    positions: Int32Array.from({ length: count }, (_, i) => i),
    inputs: random.fillNormal(new Float32Array(count * 9)),
    labels,
    labelled,
    teacherLogits: random.fillNormal(new Float32Array(count * CLASSES), 0, 4),
  };
}

/** All that a stepper answered, and where it ended. */
async function train(engine: LoadedEngine, list: Layer[], run: Small, makeStepper: MakeStepper) {
  const network = buildNetwork(list, SHAPE, CLASSES, run.seed);
  const parameters = run.method.parameters.parse(run.given) as Record<string, unknown>;
  const stepper = makeStepper(
    {
      engine,
      network,
      layers: list,
      objective: {
        method: run.method,
        parameters,
        weights: run.method.weighting(parameters).weights,
        totalSteps: 9,
      },
      optimizer: optimizerSchema.parse(run.optimizer),
      optimizerState: {},
      inputShape: SHAPE,
      batchSizes: [7, 4],
      inferenceSizes: [6],
    },
    () => undefined,
  );
  const told: unknown[] = [];
  for (let step = run.from; step < run.to; step++) {
    const batch = dataAt(run.seed, step);
    if (step % 2 === 1) told.push(await stepper.share(batch, step));
    told.push(await stepper.step(batch, 0.03 / (1 + run.seed), step));
    if (step % 4 === 0)
      told.push(await stepper.logits(stream(run.seed, 'logits').fillNormal(new Float32Array(6 * 9))));
  }
  stepper.settle();
  const end = { weights: await network.read(), optimizer: await stepper.optimizerState() };
  stepper.dispose();
  network.dispose();
  return { told, ...end };
}

const shapes: [string, Layer[], Record<string, unknown>[]][] = [
  [
    'dropout, ReLU, Adam',
    layers(
      { type: 'flatten' },
      { type: 'dropout', rate: 0.2 },
      { type: 'dense', units: 6, activation: 'relu' },
      { type: 'dense', units: CLASSES },
    ),
    [{ type: 'adam' }, { type: 'adam', weightDecay: 0.1, beta1: 0.8 }],
  ],
  [
    'every other activation, momentum',
    layers(
      { type: 'flatten' },
      ...['sigmoid', 'tanh', 'relu6', 'elu', 'selu', 'gelu', 'softplus', 'swish', 'linear'].map(
        (activation, i) => ({ type: 'dense', units: 3 + (i % 4), activation, useBias: i % 2 === 0 }),
      ),
      { type: 'dropout', rate: 0.4 },
      { type: 'activation', activation: 'tanh' },
      { type: 'dense', units: CLASSES },
    ),
    [{ type: 'sgd' }, { type: 'sgd', nesterov: true, weightDecay: 0.01 }],
  ],
  ['one layer, AdamW', layers({ type: 'flatten' }, { type: 'dense', units: CLASSES }), [{ type: 'adamw' }]],
];

const hard = { method: findMethod('hardLabels')!, given: {} };
const soft = (id: string, given: Record<string, unknown>) => ({ method: findMethod(id)!, given });
const objectives = [
  hard,
  ...[1, 4, 20].flatMap((temperature) => [0, 0.5, 1].map((alpha) => soft('hinton', { temperature, alpha }))),
  soft('hinton', { temperature: 2, softLoss: 'crossEntropy', scaleByT2: false }),
  soft('logitMatching', {}),
  soft('labelSmoothing', {}),
  soft('dkd', {}),
  soft('dkd', { temperature: 2, alpha: 0, studentWeight: 0.5 }),
  soft('dist', {}),
  soft('logitStandardization', {}),
  // No program may mix the rows of its members.
  ...[0.5, 1].map((alpha) => ({ method: distancesKept, given: { alpha } })),
];

const variants = (await portableVariants()).filter((variant) => /fma|kernels/.test(variant));

describe.each(variants)('a member of a population on %s', (variant) => {
  let engine: LoadedEngine;
  beforeAll(async () => {
    engine = await loadPortable(variant);
  });

  test.each(shapes)(
    'has the bits that it has alone, whoever its neighbours are: %s',
    (_, list, optimizers) => {
      const small = fc.record({
        seed: fc.nat(5),
        objective: fc.constantFrom(...objectives),
        optimizer: fc.constantFrom(...optimizers),
        from: fc.nat(2),
        to: fc.integer({ min: 3, max: 9 }),
      });
      return fc.assert(
        fc.asyncProperty(fc.array(small, { minLength: 1, maxLength: 6 }), async (wanted) => {
          const runs = wanted.map(({ objective, ...run }) => ({ ...run, ...objective }));
          const population = new TrainingGroup(runs.length);
          const together = await Promise.all(
            runs.map((run) => train(engine, list, run, population.slot().makeStepper)),
          );
          for (const [i, run] of runs.entries())
            expect(together[i]).toEqual(await train(engine, list, run, chooseStepper));
        }),
        { numRuns: 12 },
      );
    },
  );
});

test('a population keeps no tensor when all have left', async () => {
  const engine = await loadPortable(variants[0]!);
  const [, list, optimizers] = shapes[0]!;
  const run = { ...hard, seed: 0, optimizer: optimizers[0]!, from: 0, to: 6 };
  const before = engine.tf.memory().numTensors;
  const population = new TrainingGroup(3);
  await Promise.all(
    [0, 1, 2].map((seed) => train(engine, list, { ...run, seed }, population.slot().makeStepper)),
  );
  expect(engine.tf.memory().numTensors).toBe(before);
});

test('methods whose losses change with the step are computed for each step by itself', async () => {
  const engine = await loadPortable(variants[0]!);
  const [, list, optimizers] = shapes[0]!;
  const annealed: Method = {
    ...hard.method,
    losses: (tf, batch, parameters) => {
      const { student } = hard.method.losses(tf, batch, parameters);
      return { student: tf.mul(student!, 1 - batch.step / batch.totalSteps) };
    },
  };
  const run = { method: annealed, given: {}, optimizer: optimizers[0]!, to: 7 };
  const runs = [0, 3, 3].map((from, seed) => ({ ...run, from, seed }));
  const population = new TrainingGroup(runs.length);
  const together = await Promise.all(
    runs.map((one) => train(engine, list, one, population.slot().makeStepper)),
  );
  for (const [i, one] of runs.entries())
    expect(together[i]).toEqual(await train(engine, list, one, chooseStepper));
});
