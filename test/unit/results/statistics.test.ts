import { describe, expect, it } from 'vitest';
import * as statistics from '../../../src/results/statistics';
import { spread } from '../../../src/sampleStatistics';
import { reference, rows } from './reference';

const paired = (distilled: string[], scratch: string[]) =>
  statistics.pairedDifference(rows(distilled), rows(scratch));

describe.each(reference.cases.map((c, i) => [`case ${i}`, c] as const))(
  '%s, against SciPy and statsmodels',
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
        expect(interval.low).toBeCloseTo(Math.max(-1, low), 8);
        expect(interval.high).toBeCloseTo(Math.min(1, high), 8);
      }
      expect(statistics.pValue(mean, variation)).toBeCloseTo(expected.p, 9);
    });

    it('the t interval over seeds alone, within what a difference can be', () => {
      const { low, high } = statistics.seedInterval(mean, variation, 0.95);
      expect(low).toBeCloseTo(Math.max(-1, expected.seedInterval[0]), 8);
      expect(high).toBeCloseTo(Math.min(1, expected.seedInterval[1]), 8);
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

  it('an interval ends where a difference does, however few the degrees of freedom', () => {
    const variation = {
      seeds: 5,
      examples: 30,
      meanSquareSeeds: 1e-6,
      meanSquareExamples: 0.20001,
      meanSquareResidual: 0.2,
    };
    expect(statistics.standardError(variation).degreesOfFreedom).toBeLessThan(0.1);
    expect(statistics.interval(0.02, variation, 0.95)).toMatchObject({ low: -1, high: 1 });
  });

  it('one seed, or none, has a mean and no spread', () => {
    expect(spread([0.9])).toEqual({ mean: 0.9, sd: 0, n: 1 });
    expect(spread([])).toBeNull();
    expect(spread([1, 2, 3])).toEqual({ mean: 2, sd: 1, n: 3 });
  });
});
