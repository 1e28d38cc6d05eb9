import { describe, expect, test } from 'vitest';
import { optimizerSchema } from '../../../src/config/training';
import { stream } from '../../../src/data/random';
import { Optimizer } from '../../../src/models/optimizers';

const STEPS = 20;
const RATE = 0.03;
const start = () => stream(0, 'weights').fillNormal(new Float32Array(6));
const gradient = (step: number) => stream(step, 'gradient').fillNormal(new Float32Array(6));

function run(
  config: unknown,
  from = 1,
  weights = start(),
  optimizer = new Optimizer(optimizerSchema.parse(config)),
) {
  for (let step = from; step <= STEPS; step++) optimizer.update('w', weights, gradient(step), RATE, step);
  return { weights, optimizer };
}

/** One weight at a time, in float64, as the papers write it. */
function reference(
  rule: (w: number, g: number, step: number, memory: { a: number; b: number }) => number,
): number[] {
  return Array.from(start(), (first, i) => {
    const memory = { a: 0, b: 0 };
    let w = first;
    for (let step = 1; step <= STEPS; step++) w = rule(w, gradient(step)[i]!, step, memory);
    return w;
  });
}

const adam = (decayIntoGradient: number, decoupled: number) =>
  reference((w, g0, t, m) => {
    const g = g0 + decayIntoGradient * w;
    m.a = 0.9 * m.a + 0.1 * g;
    m.b = 0.999 * m.b + 0.001 * g * g;
    const mean = m.a / (1 - 0.9 ** t);
    const variance = m.b / (1 - 0.999 ** t);
    return w - RATE * decoupled * w - (RATE * mean) / (Math.sqrt(variance) + 1e-7);
  });

const rules: [string, unknown, number[]][] = [
  ['sgd without momentum', { type: 'sgd', momentum: 0 }, reference((w, g) => w - RATE * g)],
  [
    'sgd with momentum and decay',
    { type: 'sgd', momentum: 0.9, weightDecay: 0.01 },
    reference((w, g, _, m) => {
      m.a = 0.9 * m.a + g + 0.01 * w;
      return w - RATE * m.a;
    }),
  ],
  [
    'sgd with Nesterov momentum',
    { type: 'sgd', momentum: 0.8, nesterov: true },
    reference((w, g, _, m) => {
      m.a = 0.8 * m.a + g;
      return w - RATE * (g + 0.8 * m.a);
    }),
  ],
  ['adam', { type: 'adam' }, adam(0, 0)],
  ['adam with decay in the gradient', { type: 'adam', weightDecay: 0.1 }, adam(0.1, 0)],
  ['adamw', { type: 'adamw', weightDecay: 0.1 }, adam(0, 0.1)],
];

describe.each(rules)('%s', (_, config, expected) => {
  test('moves weights as its formula says', () => {
    const { weights } = run(config);
    expected.forEach((w, i) => expect(weights[i]).toBeCloseTo(w, 5));
  });

  test('continues from its state, bit for bit', () => {
    const whole = run(config);
    const weights = start();
    const first = new Optimizer(optimizerSchema.parse(config));
    for (let step = 1; step <= 8; step++) first.update('w', weights, gradient(step), RATE, step);
    const state = Object.fromEntries(Object.entries(first.state).map(([key, value]) => [key, value.slice()]));
    const second = run(config, 9, weights, new Optimizer(optimizerSchema.parse(config), state));
    expect(second.weights).toEqual(whole.weights);
    expect(second.optimizer.state).toEqual(whole.optimizer.state);
  });
});

test('state is kept by weight and slot', () => {
  expect(Object.keys(run({ type: 'adam' }).optimizer.state)).toEqual(['w/mean', 'w/variance']);
  expect(Object.keys(run({ type: 'sgd' }).optimizer.state)).toEqual(['w/velocity']);
  expect(run({ type: 'sgd', momentum: 0 }).optimizer.state).toEqual({});
});
