import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as temperature from '../../../src/results/temperature';

const settings = { numRuns: 200, seed: 1503 };
const logits = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 4, maxLength: 4 });
const pair = fc.record({ teacher: logits, student: logits, label: fc.nat(3) });
const balance = { distillationWeight: 0.9, studentWeight: 0.1, scaleByT2: true };

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

describe('gradients in the student’s logits', () => {
  it('are those of finite differences', () => {
    const one = { teacher: [3, -1, 0.5], student: [0.2, 1, -0.4], label: 0 };
    const slope = (f: (z: number[]) => number) =>
      Math.hypot(
        ...one.student.map((_, c) => {
          const at = (delta: number) => f(one.student.map((z, i) => (i === c ? z + delta : z)));
          return (at(1e-5) - at(-1e-5)) / 2e-5;
        }),
      );
    for (const t of [0.5, 1, 4, 20])
      for (const scaleByT2 of [true, false]) {
        const norms = temperature.gradientNorms([one], t, { ...balance, scaleByT2 });
        const scale = scaleByT2 ? t * t : 1;
        const soft = slope((z) => scale * temperature.klDivergence(one.teacher, z, t));
        const hard = slope((z) => -Math.log(temperature.softmax(z)[0]!));
        expect(norms.distillation / (0.9 * soft)).toBeCloseTo(1, 6);
        expect(norms.student / (0.1 * hard)).toBeCloseTo(1, 6);
      }
  });

  it('without T² the teacher’s share vanishes, with it it stays', () => {
    const pairs = [{ teacher: [5, 1, -2], student: [2, 1, 0], label: 1 }];
    const share = (t: number, scaleByT2: boolean) =>
      temperature.teacherGradientShare(pairs, t, { ...balance, scaleByT2 });
    expect(share(100, false)).toBeLessThan(0.01);
    expect(share(100, true)).toBeGreaterThan(0.8);
    expect(share(1, true)).toBeCloseTo(share(1, false), 12);
  });

  it('share is between 0 and 1, and 0 with no weight or nothing to learn', () => {
    fc.assert(
      fc.property(pair, fc.double({ min: 0.5, max: 100, noNaN: true }), (one, t) => {
        const share = temperature.teacherGradientShare([one], t, balance);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(temperature.teacherGradientShare([one], t, { ...balance, distillationWeight: 0 })).toBe(0);
      }),
      settings,
    );
    const same = { teacher: [1, 2], student: [1, 2], label: 0 };
    expect(temperature.teacherGradientShare([same], 4, balance)).toBe(0);
  });
});
