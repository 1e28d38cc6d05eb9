import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { stream } from '../../../src/data/random';
import { loadEngine } from '../../../src/engines/engines';
import { findMethod } from '../../../src/methods/catalogue';
import type { TensorFlow } from '../../../src/methods/method';
import { buildNetwork } from '../../../src/models/build';
import type { Network } from '../../../src/models/network';
import type { StepData } from '../../../src/trainer/steps/data';
import { eagerStepper } from '../../../src/trainer/steps/eager';
import type { Objective } from '../../../src/trainer/steps/objective';
import { layers, training } from './folders';
import { gradientsAt } from './gradientsAt';

const SHAPE = [5];
const COUNT = 8;
const CLASSES = 3;

const list = layers(
  { type: 'dense', units: 7 },
  { type: 'batchNormalization' },
  { type: 'activation', activation: 'tanh' },
  { type: 'dropout', rate: 0.2 },
  { type: 'dense', units: CLASSES },
);
const numbers = (n: number, name: string) => stream(0, name).fillNormal(new Float32Array(n));
const labels = Float32Array.from({ length: COUNT * CLASSES }, (_, i) =>
  i % CLASSES === Math.floor(i / CLASSES) % CLASSES ? 1 : 0,
);
const data: StepData = {
  positions: Int32Array.from({ length: COUNT }, (_, i) => i),
  inputs: numbers(COUNT * 5, 'x'),
  labels,
  labelled: null,
  teacherLogits: numbers(COUNT * CLASSES, 't'),
};

function objectiveOf(id: string, given: Record<string, unknown>): Objective {
  const method = findMethod(id)!;
  const parameters = method.parameters.parse(given);
  return { method, parameters, weights: method.weighting(parameters).weights, totalSteps: 10 };
}
const kd = objectiveOf('hinton', { temperature: 3, alpha: 0.7 });

const length = (parts: Iterable<Float32Array>) => Math.hypot(...[...parts].flatMap((part) => [...part]));

describe.each(['portable', 'plain'] as const)('on %s', (id) => {
  let tf: TensorFlow;
  beforeAll(async () => {
    ({ tf } = await loadEngine(id));
  });
  const stepperOf = (network: Network, objective: Objective) =>
    eagerStepper({
      engine: { tf },
      network,
      objective,
      optimizer: training({}).optimizer,
      optimizerState: {},
      inputShape: SHAPE,
      batchSizes: [COUNT],
      inferenceSizes: [],
    });

  test('the golden distillation loss and its gradient', async () => {
    // A network without hidden layers whose weights are the identity: the gradient of its bias is that of the logits, summed.
    const golden = JSON.parse(readFileSync(join(__dirname, '../../fixtures/golden.json'), 'utf8')) as Record<
      string,
      { loss: number; grad: number[][] }
    >;
    const { loss, grad } = golden['mdistiller kd_loss T=4']!;
    const network = buildNetwork(layers({ type: 'dense', units: 3 }), [3], 3, 0);
    const identity = Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    network.write({ 'dense_1/kernel': identity, 'dense_1/bias': new Float32Array(3) }, tf.tensor);
    const fixture: StepData = {
      positions: Int32Array.from([0, 1]),
      inputs: Float32Array.from([2, 1, 0, 1, 1, 1]),
      labels: Float32Array.from([1, 0, 0, 0, 0, 1]),
      labelled: null,
      teacherLogits: Float32Array.from([5, 1, -2, 0, 3, 1]),
    };
    const soft = objectiveOf('hinton', { temperature: 4, alpha: 1 });
    const { raw, gradients } = await gradientsAt(tf, network, soft, fixture, [3], 0);
    expect(raw['distillation']).toBeCloseTo(loss, 5);
    expect(raw['student']).toBeCloseTo(golden['hard CE']!.loss, 5);
    grad[0]!.forEach((g, c) => expect(gradients['dense_1/bias']![c]).toBeCloseTo(g + grad[1]![c]!, 5));
    network.dispose();
  });

  test('the shares are the gradients of the terms, whose sum is the gradient', async () => {
    const network = buildNetwork(list, SHAPE, CLASSES, 0);
    const { gradients } = await gradientsAt(tf, network, kd, data, SHAPE, 0);
    const share = await stepperOf(network, kd).share(data, 0);
    const { distillation, student } = share.norms;
    // |a + b|² = |a|² + |b|² + 2 |a| |b| cos.
    const sum = Math.sqrt(distillation! ** 2 + student! ** 2 + 2 * distillation! * student! * share.cosine!);
    expect(sum).toBeCloseTo(length(Object.values(gradients)), 5);
    network.dispose();
  });

  test('measuring the shares changes nothing', async () => {
    const network = buildNetwork(list, SHAPE, CLASSES, 0);
    await gradientsAt(tf, network, kd, data, SHAPE, 0);
    const before = await network.read();
    const tensors = tf.memory().numTensors;
    await stepperOf(network, kd).share(data, 1);
    expect(await network.read()).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
    network.dispose();
  });

  test('a term without weight is told and moves nothing', async () => {
    const network = buildNetwork(list, SHAPE, CLASSES, 0);
    const alone = objectiveOf('hinton', { temperature: 3, alpha: 1 });
    const { raw, gradients } = await gradientsAt(tf, network, alone, data, SHAPE, 0);
    expect(raw['student']).toBeGreaterThan(0);
    const otherLabels = { ...data, labels: labels.slice().reverse() };
    expect((await gradientsAt(tf, network, alone, otherLabels, SHAPE, 0)).gradients).toEqual(gradients);
    expect((await stepperOf(network, alone).share(data, 0)).norms['student']).toBe(0);
    network.dispose();
  });

  test('an example without a label brings no student loss, whatever the method makes of its empty row', async () => {
    const network = buildNetwork(layers({ type: 'dense', units: CLASSES }), SHAPE, CLASSES, 0);
    const smoothing = objectiveOf('labelSmoothing', {});
    const half = { ...data, teacherLogits: null, labels: labels.slice(), labelled: new Float32Array(COUNT) };
    half.labelled.fill(1, 0, 4);
    half.labels.fill(0, 4 * CLASSES);
    const first = {
      ...half,
      positions: data.positions.slice(0, 4),
      inputs: data.inputs.slice(0, 20),
      labels: labels.slice(0, 4 * CLASSES),
      labelled: null,
    };
    const all = await gradientsAt(tf, network, smoothing, half, SHAPE, 0);
    const alone = await gradientsAt(tf, network, smoothing, first, SHAPE, 0);
    expect(all.raw['student']).toBeCloseTo(alone.raw['student']! / 2, 6);
    const none = await gradientsAt(
      tf,
      network,
      smoothing,
      { ...half, labelled: new Float32Array(COUNT) },
      SHAPE,
      0,
    );
    expect(none.raw['student']).toBe(0);
    expect(length(Object.values(none.gradients))).toBe(0);
    network.dispose();
  });

  test('no tensor is left behind by a step', async () => {
    const network = buildNetwork(list, SHAPE, CLASSES, 0);
    const stepper = stepperOf(network, kd);
    const counts = new Set<number>();
    for (let step = 0; step < 5; step++) {
      await stepper.step(data, 0.01, step);
      counts.add(tf.memory().numTensors);
    }
    expect(counts.size).toBe(1);
    network.dispose();
  });
});
