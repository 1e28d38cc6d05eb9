import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as statistics from '../../../src/results/statistics';

interface Case {
  distilled: string[];
  scratch: string[];
  mean: number;
  meanSquares: [number, number, number];
  degreesOfFreedom: number;
  intervals: Record<string, [number, number]>;
  p: number;
}
/** Made by statistics.py, beside it, with NumPy and SciPy. */
const reference = JSON.parse(readFileSync('test/fixtures/statistics.json', 'utf8')) as {
  cases: Case[];
  holm: { p: number[]; corrected: number[] };
};
const rows = (texts: string[]) => texts.map((text) => Uint8Array.from(text, Number));
const paired = (distilled: string[], scratch: string[]) =>
  statistics.pairedDifference(rows(distilled), rows(scratch));

describe.each(reference.cases.map((c, i) => [`case ${i}`, c] as const))(
  '%s, against SciPy',
  (_, expected) => {
    const { mean, variation } = paired(expected.distilled, expected.scratch);
    it('mean squares, degrees of freedom, intervals, p', () => {
      expect(mean).toBeCloseTo(expected.mean, 12);
      expect(variation.meanSquareSeeds).toBeCloseTo(expected.meanSquares[0], 10);
      expect(variation.meanSquareExamples).toBeCloseTo(expected.meanSquares[1], 10);
      expect(variation.meanSquareResidual).toBeCloseTo(expected.meanSquares[2], 10);
      for (const [level, [low, high]] of Object.entries(expected.intervals)) {
        const interval = statistics.interval(mean, variation, Number(level));
        expect(interval.degreesOfFreedom).toBeCloseTo(expected.degreesOfFreedom, 8);
        expect(interval.low).toBeCloseTo(low, 8);
        expect(interval.high).toBeCloseTo(high, 8);
      }
      expect(statistics.pValue(mean, variation)).toBeCloseTo(expected.p, 9);
    });

    it('p and interval agree about 0', () => {
      const p = statistics.pValue(mean, variation);
      const at = (level: number) => statistics.interval(mean, variation, level);
      const [inside, outside] = [at(1 - p * 0.99), at(1 - p * 1.01)];
      expect(inside.low * inside.high).toBeLessThan(0);
      expect(outside.low * outside.high).toBeGreaterThan(0);
    });
  },
);

describe('Holm', () => {
  it('is what its definition gives, in the order asked', () => {
    statistics.holm(reference.holm.p).forEach((p, i) => {
      expect(p).toBeCloseTo(reference.holm.corrected[i]!, 12);
    });
    expect(statistics.holm([])).toEqual([]);
    expect(statistics.holm([0.9, 0.8])).toEqual([1, 1]);
  });
});

describe('degenerate tables', () => {
  it('no prediction differs: an interval of nothing, p 1', () => {
    const same = ['0110', '0110', '1100'];
    const { mean, variation } = paired(same, same);
    expect(statistics.interval(mean, variation, 0.95)).toMatchObject({ low: 0, high: 0 });
    expect(statistics.pValue(mean, variation)).toBe(1);
  });

  it('every prediction differs in the same way: certainty', () => {
    const { mean, variation } = paired(['1111', '1111'], ['0000', '0000']);
    expect(statistics.interval(mean, variation, 0.95)).toMatchObject({ low: 1, high: 1 });
    expect(statistics.pValue(mean, variation)).toBe(0);
  });

  it('seeds that are copies of one another leave the examples’ spread', () => {
    const { variation } = paired(['110100', '110100', '110100'], ['000000', '000000', '000000']);
    expect(variation.meanSquareSeeds).toBe(0);
    expect(variation.meanSquareResidual).toBe(0);
    const { error, degreesOfFreedom } = statistics.standardError(variation);
    // The standard error of the mean of six examples, however often each was copied.
    expect(error).toBeCloseTo(Math.sqrt(0.3 / 6), 12);
    expect(degreesOfFreedom).toBeCloseTo(5, 12);
  });

  it('seeds that tie on different examples are not taken for certainty', () => {
    const { mean, variation } = paired(
      ['100000', '010000', '001000', '000100'],
      ['000000', '000000', '000000', '000000'],
    );
    expect(variation.meanSquareSeeds).toBe(0);
    const { low, high } = statistics.interval(mean, variation, 0.95);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(mean);
  });

  it('one seed, or none, has a mean and no spread', () => {
    expect(statistics.spread([0.9])).toEqual({ mean: 0.9, sd: 0, n: 1 });
    expect(statistics.spread([])).toBeNull();
    expect(statistics.spread([1, 2, 3])).toEqual({ mean: 2, sd: 1, n: 3 });
  });
});

describe('seeds to settle', () => {
  const variation = {
    seeds: 5,
    examples: 600,
    meanSquareSeeds: 1,
    meanSquareExamples: 0.3,
    meanSquareResidual: 0.1,
  };
  const positive = (i: statistics.Interval) => i.low > 0;

  it('is the first number at which the expected interval is clear of 0', () => {
    const seeds = statistics.seedsToSettle(0.03, variation, 0.95, positive)!;
    const expected = (count: number) =>
      statistics.interval(
        0.03,
        { ...variation, seeds: count, meanSquareExamples: 0.1 + (count * 0.2) / 5 },
        0.95,
      );
    expect(expected(seeds).low).toBeGreaterThan(0);
    expect(expected(seeds - 1).low).toBeLessThanOrEqual(0);
    expect(seeds).toBeGreaterThan(5);
  });

  it('is none where the examples alone hide the difference', () => {
    expect(statistics.seedsToSettle(0.01, variation, 0.95, positive)).toBeNull();
  });

  it('grows with the level and falls with the difference', () => {
    const at = (mean: number, level: number) => statistics.seedsToSettle(mean, variation, level, positive)!;
    expect(at(0.03, 0.99)).toBeGreaterThan(at(0.03, 0.95));
    expect(at(0.04, 0.95)).toBeLessThanOrEqual(at(0.03, 0.95));
  });
});
