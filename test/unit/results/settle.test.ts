import { describe, expect, it } from 'vitest';
import { examplesToSettle, seedsToSettle } from '../../../src/results/settle';
import { interval, type Interval } from '../../../src/results/statistics';

/** σ² 0.1; of seeds 0.9 / 600, of examples 0.2 / 5. */
const variation = {
  seeds: 5,
  examples: 600,
  meanSquareSeeds: 1,
  meanSquareExamples: 0.3,
  meanSquareResidual: 0.1,
};
const positive = (i: Interval) => i.low > 0;

describe('seeds to settle', () => {
  it('is the first number at which the expected interval is clear of 0', () => {
    const seeds = seedsToSettle(0.03, variation, 0.95, positive)!;
    const expected = (count: number) =>
      interval(0.03, { ...variation, seeds: count, meanSquareExamples: 0.1 + (count * 0.2) / 5 }, 0.95);
    expect(expected(seeds).low).toBeGreaterThan(0);
    expect(expected(seeds - 1).low).toBeLessThanOrEqual(0);
    expect(seeds).toBeGreaterThan(5);
  });

  it('is none where the examples alone hide the difference', () => {
    expect(seedsToSettle(0.01, variation, 0.95, positive)).toBeNull();
  });

  it('grows with the level and falls with the difference', () => {
    const at = (mean: number, level: number) => seedsToSettle(mean, variation, level, positive)!;
    expect(at(0.03, 0.99)).toBeGreaterThan(at(0.03, 0.95));
    expect(at(0.04, 0.95)).toBeLessThanOrEqual(at(0.03, 0.95));
  });
});

describe('test examples to settle', () => {
  it('is the first number at which the expected interval is clear of 0', () => {
    const alike = { ...variation, meanSquareSeeds: 0.12 };
    const gain = 0.015;
    const examples = examplesToSettle(gain, alike, 0.95, positive)!;
    const expected = (count: number) =>
      interval(gain, { ...alike, examples: count, meanSquareSeeds: 0.1 + (count * 0.02) / 600 }, 0.95);
    expect(interval(gain, alike, 0.95).low).toBeLessThan(0);
    expect(expected(examples).low).toBeGreaterThan(0);
    expect(expected(examples - 1).low).toBeLessThanOrEqual(0);
    expect(examples).toBeGreaterThan(600);
  });

  it('is none where the seeds alone hide the difference', () => {
    expect(examplesToSettle(0.03, variation, 0.95, positive)).toBeNull();
  });

  it('settles by either what seeds and examples hide together', () => {
    const both = { ...variation, meanSquareSeeds: 0.12, meanSquareExamples: 0.2 };
    expect(seedsToSettle(0.021, both, 0.95, positive)).toBeGreaterThan(5);
    expect(examplesToSettle(0.021, both, 0.95, positive)).toBeGreaterThan(600);
  });
});
