import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { optimizerSchema } from '../../../src/config/training';
import { stream } from '../../../src/data/random';
import type { LoadedEngine } from '../../../src/engines/engine';
import { loadEngine } from '../../../src/engines/engines';
import { findMethod, methods, scratchMethod } from '../../../src/methods/catalogue';
import type { Method } from '../../../src/methods/method';
import { buildNetwork } from '../../../src/models/build';
import type { Network } from '../../../src/models/network';
import { chooseInference, infer } from '../../../src/trainer/inference';
import { chooseStepper } from '../../../src/trainer/steps/chooseStepper';
import type { StepData } from '../../../src/trainer/steps/data';
import type { Objective } from '../../../src/trainer/steps/objective';
import type { Stepper } from '../../../src/trainer/steps/stepper';
import { hasNative } from '../engines/present';
import { layers } from './folders';

const SHAPE = [6, 6, 2];
const CLASSES = 3;
const SIZES = [8, 3];

const list = layers(
  { type: 'conv2d', filters: 4, activation: 'relu' },
  { type: 'batchNormalization' },
  { type: 'maxPooling2d' },
  { type: 'depthwiseConv2d', activation: 'elu' },
  { type: 'flatten' },
  { type: 'dropout', rate: 0.3 },
  { type: 'dense', units: 7, activation: 'swish' },
  { type: 'dense', units: CLASSES },
);

/** Batches of both sizes; every other has an example without a label. */
function dataAt(step: number): StepData {
  const count = SIZES[step % 2]!;
  const random = stream(step, 'graph');
  const labels = new Float32Array(count * CLASSES);
  for (let i = 1; i < count; i++) labels[i * CLASSES + (i % CLASSES)] = 1;
  return {
    positions: Int32Array.from({ length: count }, (_, i) => i),
    inputs: random.fillNormal(new Float32Array(count * 72)),
    labels,
    labelled: step % 3 === 0 ? Float32Array.from({ length: count }, (_, i) => Number(i > 0)) : null,
    teacherLogits: random.fillNormal(new Float32Array(count * CLASSES)),
  };
}

function objectiveOf(id: string, given: Record<string, unknown>): Objective {
  const method = findMethod(id)!;
  const parameters = method.parameters.parse(given);
  return { method, parameters, weights: method.weighting(parameters).weights, totalSteps: 10 };
}
const kd = objectiveOf('hinton', { temperature: 3, alpha: 0.7 });

describe.runIf(hasNative())('whole steps as a graph', () => {
  let engine: LoadedEngine;
  const open: { network: Network; stepper: Stepper }[] = [];
  const said: string[] = [];
  beforeAll(async () => {
    engine = await loadEngine('native');
  });
  afterEach(() => {
    for (const { network, stepper } of open.splice(0)) {
      stepper.dispose();
      network.dispose();
    }
    said.length = 0;
  });

  function begin(
    how: 'graph' | 'eager',
    optimizer: Record<string, unknown> = { type: 'adam' },
    objective = kd,
    from: { weights: Record<string, Float32Array>; optimizer: Record<string, Float32Array> } | null = null,
  ) {
    const network = buildNetwork(list, SHAPE, CLASSES, 5);
    if (from) network.write(from.weights, engine.tf.tensor);
    const { tf, compile } = engine;
    const stepper = chooseStepper(
      {
        engine: how === 'graph' && compile ? { tf, compile } : { tf },
        network,
        objective,
        optimizer: optimizerSchema.parse(optimizer),
        optimizerState: from?.optimizer ?? {},
        inputShape: SHAPE,
        batchSizes: SIZES,
        inferenceSizes: SIZES,
      },
      (sentence) => said.push(sentence),
    );
    open.push({ network, stepper });
    return { network, stepper };
  }

  async function run(
    stepper: Stepper,
    first: number,
    last: number,
    rate = (step: number) => 0.02 / (1 + step),
  ) {
    const losses: Record<string, number>[] = [];
    for (let step = first; step < last; step++)
      losses.push(await stepper.step(dataAt(step), rate(step), step));
    return losses;
  }

  /** Once for each size of batch. */
  async function inTurn(logits: (i: number) => Promise<Float32Array>): Promise<Float32Array[]> {
    return [await logits(0), await logits(1)];
  }

  function expectClose(a: Record<string, Float32Array>, b: Record<string, Float32Array>): void {
    expect(Object.keys(a).sort()).toEqual(Object.keys(b).sort());
    for (const [name, values] of Object.entries(a)) {
      const other = b[name]!;
      const error = Math.hypot(...values.map((x, i) => x - other[i]!));
      expect(error / Math.max(1e-3, Math.hypot(...other)), name).toBeLessThan(1e-4);
    }
  }

  test.each([
    { type: 'sgd', momentum: 0 },
    { type: 'sgd', momentum: 0.9, weightDecay: 0.01 },
    { type: 'sgd', momentum: 0.9, nesterov: true },
    { type: 'adam' },
    { type: 'adam', weightDecay: 0.01, beta1: 0.8, epsilon: 1e-5 },
    { type: 'adamw', weightDecay: 0.1 },
  ])('does what eager steps do: %j', async (optimizer) => {
    const graph = begin('graph', optimizer);
    const eager = begin('eager', optimizer);
    const losses = [await run(graph.stepper, 0, 20), await run(eager.stepper, 0, 20)];
    losses[0]!.forEach((raw, step) => {
      for (const [term, value] of Object.entries(raw)) {
        const expected = losses[1]![step]![term]!;
        expect(
          Math.abs(value - expected) / Math.max(1e-3, Math.abs(expected)),
          `${term}, step ${step}`,
        ).toBeLessThan(1e-4);
      }
    });
    graph.stepper.settle();
    expectClose(await graph.network.read(), await eager.network.read());
    expectClose(await graph.stepper.optimizerState(), await eager.stepper.optimizerState());
    expect(said).toEqual([]);
  });

  test.each([...methods, scratchMethod].map(({ id }) => id))('does what eager steps do: %s', async (id) => {
    const objective = objectiveOf(id, {});
    const graph = begin('graph', { type: 'adam' }, objective);
    const eager = begin('eager', { type: 'adam' }, objective);
    const terms = Object.keys(objective.weights);
    const student = async (stepper: Stepper) =>
      (await run(stepper, 0, 6)).flatMap((raw) => terms.map((term) => raw[term]!));
    const losses = [await student(graph.stepper), await student(eager.stepper)];
    losses[0]!.forEach((value, step) => expect(value / losses[1]![step]!).toBeCloseTo(1, 4));
    expect(said).toEqual([]);
  });

  test('the shares are those of eager steps, and measuring them moves nothing', async () => {
    const graph = begin('graph');
    const eager = begin('eager');
    for (const { stepper } of [graph, eager]) await run(stepper, 0, 3);
    graph.stepper.settle();
    const before = await graph.network.read();
    const shares = [await graph.stepper.share(dataAt(3), 3), await eager.stepper.share(dataAt(3), 3)];
    graph.stepper.settle();
    expect(await graph.network.read()).toEqual(before);
    for (const term of ['distillation', 'student'])
      expect(shares[0]!.norms[term]! / shares[1]!.norms[term]!).toBeCloseTo(1, 4);
    expect(shares[0]!.cosine).toBeCloseTo(shares[1]!.cosine!, 4);
  });

  test('predicts what eager inference predicts, from where the steps have come', async () => {
    const graph = begin('graph');
    await run(graph.stepper, 0, 4);
    const predicted = await inTurn((i) => graph.stepper.logits(dataAt(i).inputs));
    graph.stepper.settle();
    const eager = await inTurn((i) => infer(engine.tf, graph.network, dataAt(i).inputs, SHAPE));
    expect(predicted.map(({ length }) => length)).toEqual(SIZES.map((size) => size * CLASSES));
    expectClose(Object.fromEntries(predicted.entries()), Object.fromEntries(eager.entries()));
    const still = chooseInference(engine, graph.network, SHAPE, SIZES, (sentence) => said.push(sentence));
    const again = await inTurn((i) => still.logits(dataAt(i).inputs));
    still.dispose();
    expect(again).toEqual(predicted);
    expect(said).toEqual([]);
  });

  test('goes on from a checkpoint bit for bit', async () => {
    const whole = begin('graph', { type: 'adamw' });
    const losses = await run(whole.stepper, 0, 12);
    const half = begin('graph', { type: 'adamw' });
    await run(half.stepper, 0, 6);
    half.stepper.settle();
    const from = { weights: await half.network.read(), optimizer: await half.stepper.optimizerState() };
    const rest = begin('graph', { type: 'adamw' }, kd, from);
    expect(await run(rest.stepper, 6, 12)).toEqual(losses.slice(6));
    for (const { network, stepper } of [whole, rest]) {
      stepper.settle();
      expect(network.weights.length).toBeGreaterThan(0);
    }
    expect(await rest.network.read()).toEqual(await whole.network.read());
  });

  test('leaves no tensor behind, and several graphs at once are freed', async () => {
    const binding = (engine.tf.backend() as unknown as { binding: Record<string, () => number> }).binding;
    const models = binding['getNumOfSavedModels']!();
    const one = begin('graph');
    const two = begin('graph', { type: 'sgd' });
    expect(binding['getNumOfSavedModels']!()).toBe(models + 2);
    const counts = () => [engine.tf.memory().numTensors, binding['getNumOfTensors']!()];
    await run(one.stepper, 0, 100);
    await run(two.stepper, 0, 100);
    const [before, memory] = [counts(), process.memoryUsage.rss()];
    await run(one.stepper, 100, 2100);
    await run(two.stepper, 100, 2100);
    expect(counts()).toEqual(before);
    expect(process.memoryUsage.rss() - memory).toBeLessThan(64e6);
    for (const { network, stepper } of open.splice(0)) {
      stepper.dispose();
      network.dispose();
    }
    expect(binding['getNumOfSavedModels']!()).toBe(models);
  });

  test('a loss that changes with the step runs eagerly, and it is said', async () => {
    const changing: Method = {
      ...kd.method,
      losses: (tf, batch, parameters) => {
        const { distillation, student } = kd.method.losses(tf, batch, parameters);
        return { distillation: tf.mul(distillation!, 1 / (1 + batch.step)), student: student! };
      },
    };
    const { stepper } = begin('graph', { type: 'adam' }, { ...kd, method: changing });
    expect(said).toEqual(['Steps run eagerly, not as one graph. Its loss changes with the step.']);
    const first = await stepper.step(dataAt(0), 0, 0);
    const second = await stepper.step(dataAt(0), 0, 1);
    expect(second['distillation']! / first['distillation']!).toBeCloseTo(0.5, 1);
  });
});
