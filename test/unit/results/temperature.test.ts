import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as temperature from '../../../src/results/temperature';

const settings = { numRuns: 200, seed: 1503 };
const logits = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 4, maxLength: 4 });

describe('softness', () => {
  it('is 0 bits for certainty and log₂ C for equal logits', () => {
    expect(temperature.entropyBits([1, 0, 0])).toBe(0);
    expect(temperature.entropyBits(temperature.softmax([2, 2, 2, 2]))).toBeCloseTo(2, 12);
    expect(temperature.effectiveClasses([0.5, 0.5, 0, 0])).toBeCloseTo(2, 12);
  });

  it('never falls as T rises', () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0.5, max: 50, noNaN: true }), (z, t) => {
        const at = (value: number) => temperature.entropyBits(temperature.softmax(z, value));
        expect(at(t * 1.5)).toBeGreaterThanOrEqual(at(t) - 1e-12);
      }),
      settings,
    );
  });
});

describe('the limit of high T', () => {
  it('is what T²·KL comes to: 1.44444 on the fixture of the golden values', () => {
    const [teacher, student] = [
      [
        [5, 1, -2],
        [0, 3, 1],
      ],
      [
        [2, 1, 0],
        [1, 1, 1],
      ],
    ];
    const limit = teacher.map((row, i) => temperature.logitMatchingLimit(row, student[i]!));
    expect((limit[0]! + limit[1]!) / 2).toBeCloseTo(1.44444, 4);
    const t = 1e5;
    teacher.forEach((row, i) => {
      expect((t * t * temperature.klDivergence(row, student[i]!, t)) / limit[i]!).toBeCloseTo(1, 3);
    });
  });
});
