import type { Rank, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { optimizerSchema } from '../../../src/config/training';
import { stream } from '../../../src/data/random';
import type { LoadedEngine } from '../../../src/engines/engine';
import { loadEngine } from '../../../src/engines/engines';
import { portableVariants } from '../../../src/engines/portable';
import type { Updater } from '../../../src/engines/updater';
import { Optimizer } from '../../../src/models/optimizers';
import { hasGpu, loadPortable } from './present';

const SHAPES: Record<string, number[]> = { kernel: [7, 5], bias: [5], scale: [8] };
const size = (name: string) => SHAPES[name]!.reduce((a, b) => a * b, 1);
const draw = (name: string, step: number) => stream(step, name).fillNormal(new Float32Array(size(name)));
const rate = (step: number) => 0.05 / (1 + step);

const variants = (await portableVariants()).filter((variant) => /fma|kernels/.test(variant));
const engines = [
  ...variants.map((title) => ({ title, load: () => loadPortable(title) })),
  ...(hasGpu() ? [{ title: 'gpu', load: () => loadEngine('gpu') }] : []),
];

describe.each(engines)('the optimizers of $title', ({ load }) => {
  let engine: LoadedEngine;
  const open: Updater[] = [];
  beforeAll(async () => {
    engine = await load();
  });
  afterEach(() => {
    for (const updater of open.splice(0)) updater.dispose();
  });

  function begin(
    config: unknown,
    state: Record<string, Float32Array> = {},
    values?: Record<string, Float32Array>,
  ) {
    const weights = Object.entries(SHAPES).map(([name, shape]) => ({
      name,
      variable: engine.tf.variable(engine.tf.tensor(values?.[name] ?? draw(name, 0), shape)),
    }));
    const updater = engine.updater!(optimizerSchema.parse(config), weights, state);
    open.push(updater);
    return { weights, updater };
  }

  async function run(
    { weights, updater }: ReturnType<typeof begin>,
    from: number,
    to: number,
  ): Promise<void> {
    const { tf } = engine;
    for (let step = from; step < to; step++) {
      const gradients = Object.fromEntries(
        weights.map(({ name }) => [name, tf.tensor(draw(name, step), SHAPES[name])]),
      );
      await updater.apply(gradients, rate(step), step);
      tf.dispose(gradients);
    }
  }
  const read = async (weights: { name: string; variable: Variable }[]) =>
    Object.fromEntries(
      await Promise.all(
        weights.map(async ({ name, variable }) => [name, await variable.data<'float32'>()] as const),
      ),
    );

  const configs = [
    { type: 'sgd', momentum: 0 },
    { type: 'sgd', momentum: 0, weightDecay: 0.1 },
    { type: 'sgd', momentum: 0.9, weightDecay: 0.01 },
    { type: 'sgd', momentum: 0.9, nesterov: true },
    { type: 'adam' },
    { type: 'adam', weightDecay: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-5 },
    { type: 'adamw', weightDecay: 0.1 },
  ];

  test.each(configs)('agree with plain arithmetic: %j', async (config) => {
    const plain = new Optimizer(optimizerSchema.parse(config));
    const expected = Object.fromEntries(Object.keys(SHAPES).map((name) => [name, draw(name, 0)]));
    for (let step = 1; step <= 30; step++)
      for (const name of Object.keys(SHAPES))
        plain.update(name, expected[name]!, draw(name, step), rate(step), step);
    const begun = begin(config);
    await run(begun, 1, 31);
    const state = await begun.updater.read();
    expect(Object.keys(state).sort()).toEqual(Object.keys(plain.state).sort());
    const pairs = [
      ...Object.entries(await read(begun.weights)).map(
        ([name, values]) => [values, expected[name]!] as const,
      ),
      ...Object.entries(state).map(([name, values]) => [values, plain.state[name]!] as const),
    ];
    for (const [values, reference] of pairs)
      values.forEach((x, i) =>
        expect(Math.abs(x - reference[i]!)).toBeLessThan(2e-5 * Math.max(0.1, Math.abs(reference[i]!))),
      );
  });

  test.each(configs)('go on from what they remembered, bit for bit: %j', async (config) => {
    const whole = begin(config);
    await run(whole, 1, 13);
    const half = begin(config);
    await run(half, 1, 7);
    const rest = begin(config, await half.updater.read(), await read(half.weights));
    await run(rest, 7, 13);
    expect(await read(rest.weights)).toEqual(await read(whole.weights));
    expect(await rest.updater.read()).toEqual(await whole.updater.read());
  });

  test('a copy that shares the numbers of a weight keeps what it had', async () => {
    const begun = begin({ type: 'sgd', momentum: 0 });
    const copies = begun.weights.map(({ variable }) => variable.clone());
    await run(begun, 1, 2);
    for (const [i, { name, variable }] of begun.weights.entries()) {
      expect(await copies[i]!.data()).toEqual(draw(name, 0));
      expect(await variable.data()).not.toEqual(draw(name, 0));
    }
  });

  test('a stock kernel that packs its weights sees them moved', async () => {
    const { tf } = engine;
    const filter = tf.variable<Rank.R4>(tf.ones([2, 2, 3, 1]));
    const x: Tensor4D = tf.ones([1, 2, 2, 3]);
    const convolve = async () => (await tf.depthwiseConv2d(x, filter, 1, 'valid').data())[0];
    const updater = engine.updater!(
      optimizerSchema.parse({ type: 'sgd', momentum: 0 }),
      [{ name: 'w', variable: filter }],
      {},
    );
    open.push(updater);
    expect(await convolve()).toBe(4);
    await updater.apply({ w: tf.ones([2, 2, 3, 1]) }, 0.5, 1);
    expect(await convolve()).toBe(2);
  });
});
