import { describe, expect, it } from 'vitest';
import { warningsOf, type Trained } from '../../../../src/results/laboratory/warnings';

type SeedTraining = Trained['seeds'][number];

/** Forty evaluations of 800 steps; accuracy and loss as they stand at a share of the budget. */
const training = (
  accuracy: (share: number) => number,
  loss: (share: number) => number = () => 0.3,
  gradients: SeedTraining['gradients'] = { distillation: 1, student: 0.5 },
): SeedTraining => ({
  evaluations: Array.from({ length: 40 }, (_, i) => ({
    step: 20 * (i + 1),
    accuracy: accuracy((i + 1) / 40),
    loss: loss((i + 1) / 40),
  })),
  gradients,
});
/** Wobbles, and falls a little. */
const level = training((share) => 0.93 - 0.004 * share + 0.002 * Math.sin(40 * share));
const arm = (more: Partial<Trained> = {}): Trained => ({
  title: 'KD T 4 · α 0.9',
  optimizer: 'adam',
  weights: { distillation: 0.9, student: 0.1 },
  steps: 800,
  seeds: [level, level],
  ...more,
});

describe('Adam', () => {
  it('is warned of once for all arms of one term, by their names', () => {
    const alone = { weights: { distillation: 1, student: 0 } };
    const found = warningsOf([
      arm(alone),
      arm({ ...alone, title: 'KD T 20 · α 1', optimizer: 'adamw' }),
      arm(),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'adam', arms: ['KD T 4 · α 0.9', 'KD T 20 · α 1'] });
  });

  it('is not where sgd trains, nor of scratch', () => {
    expect(
      warningsOf([arm({ weights: { distillation: 1 }, optimizer: 'sgd' }), arm({ weights: {} })]),
    ).toEqual([]);
  });

  it('is where one term has more than 95 % of the gradient', () => {
    const seeds = (distillation: number) => [training(() => 0.93, undefined, { distillation, student: 1 })];
    expect(warningsOf([arm({ seeds: seeds(18) })])).toEqual([]);
    const [warning] = warningsOf([arm({ seeds: seeds(24) })]);
    expect(warning?.text).toMatch(/^The distillation term has 96\u202f% of the gradient/);
  });
});

describe('an arm that is still improving', () => {
  const rising = training((share) => 0.8 + 0.1 * share);

  it('is told by its accuracy', () => {
    const [warning] = warningsOf([arm({ seeds: [rising, rising] })]);
    expect(warning).toMatchObject({ kind: 'converging', arms: ['KD T 4 · α 0.9'] });
    expect(warning?.text).toContain('its 800 steps: validation accuracy rose by 2.5 pp');
  });

  it('or by its loss', () => {
    const falling = training(
      () => 0.93,
      (share) => 1 - 0.8 * share,
    );
    expect(warningsOf([arm({ seeds: [falling] })])[0]?.text).toContain('validation loss fell by 41\u202f%');
  });

  it('is not where one seed did not, nor by wobbling, nor without evaluations', () => {
    expect(warningsOf([arm({ seeds: [rising, level] })])).toEqual([]);
    expect(warningsOf([arm()])).toEqual([]);
    expect(warningsOf([arm({ seeds: [{ evaluations: [], gradients: {} }] })])).toEqual([]);
  });

  it('scratch is looked at too', () => {
    expect(warningsOf([arm({ title: 'Scratch', weights: {}, seeds: [rising] })])[0]?.arms).toEqual([
      'Scratch',
    ]);
  });
});
