import { describe, expect, it } from 'vitest';
import { cachingErrors } from '../../../../src/results/laboratory/caching';
import { sample, type Examples } from '../../../../src/results/laboratory/examples';
import { roundToFloat16 } from '../../../../src/results/laboratory/caching';
import { softShare, weightedGradients } from '../../../../src/results/laboratory/gradients';
import { temperatures } from '../../../../src/results/laboratory/grid';
import { scaledDivergence } from '../../../../src/results/laboratory/softened';
import { measure } from '../../../../src/results/laboratory/measure';
import { soften } from '../../../../src/results/laboratory/softened';
import { quantile } from '../../../../src/sampleStatistics';
import { klDivergence, softmax } from '../../../../src/results/temperature';

/** The fixture of the golden values of the losses. */
const golden: Examples = {
  teacher: [5, 1, -2, 0, 3, 1],
  student: [2, 1, 0, 1, 1, 1],
  scratch: null,
  labels: [0, 2],
  classes: 3,
};

describe('closed forms', () => {
  const measured = measure(golden);
  const at = (t: number) => temperatures.indexOf(t);

  it('T²·KL of the golden fixture is 1.33676483 at T 4, and its limit 1.44444', () => {
    expect(measured.scaledDivergence[at(4)]).toBeCloseTo(1.33676483, 8);
    expect(measured.matchingLimit).toBeCloseTo(1.44444, 4);
  });

  it('the gradient of the soft term is that of the golden fixture', () => {
    // (T/B)(q − p) of both examples, with B = 2, so twice that for each alone.
    const rows = [
      [-0.45885057, 0.17573856, 0.28311202],
      [0.21222712, -0.29538186, 0.08315474],
    ];
    const mean = rows.reduce((sum, row) => sum + 2 * Math.hypot(...row), 0) / 2;
    expect(measured.gradient.soft[at(4)]).toBeCloseTo(mean, 7);
  });

  it('both gradients are those of finite differences', () => {
    const [teacher, student, label] = [[3, -1, 0.5], [0.2, 1, -0.4], 0];
    const one = measure({ teacher, student, scratch: null, labels: [label], classes: 3 });
    const slope = (f: (z: number[]) => number) =>
      Math.hypot(
        ...student.map((_, c) => {
          const near = (delta: number) => f(student.map((z, i) => (i === c ? z + delta : z)));
          return (near(1e-5) - near(-1e-5)) / 2e-5;
        }),
      );
    for (const t of [0.5, 1, 4, 16]) {
      const soft = slope((z) => t * t * klDivergence(teacher, z, t));
      expect(one.gradient.soft[at(t)]! / soft).toBeCloseTo(1, 6);
    }
    expect(one.gradient.hard / slope((z) => -Math.log(softmax(z)[label]!))).toBeCloseTo(1, 6);
  });

  it('weights and T² make the share of the gradient', () => {
    const { scaled, unscaled, hard } = weightedGradients(measured, {
      distillationWeight: 0.9,
      studentWeight: 0.1,
    });
    expect(scaled[at(4)]).toBeCloseTo(0.9 * measured.gradient.soft[at(4)]!, 12);
    expect(unscaled[at(4)]).toBeCloseTo(scaled[at(4)]! / 16, 12);
    expect(hard).toBeCloseTo(0.1 * measured.gradient.hard, 12);
    expect(softShare(scaled.at(-1)!, hard)).toBeGreaterThan(0.8);
    expect(softShare(unscaled.at(-1)!, hard)).toBeLessThan(0.01);
    expect(softShare(0, 0)).toBe(0);
  });

  it('softening at once is softening one by one, also where powers would overflow', () => {
    const logits = [1000, 0, -1000, 3, 3, 3];
    expect([...soften(logits, 3, 2)]).toEqual([
      ...softmax(logits.slice(0, 3), 2),
      ...softmax(logits.slice(3), 2),
    ]);
    expect(scaledDivergence([1, 2, 3], [1, 2, 3], 3, 7)).toBe(0);
  });

  it('a quantile lies between its neighbours', () => {
    const sorted = Float64Array.from([1, 2, 4, 8]);
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share))).toEqual([1, 1.75, 3, 5, 8]);
    expect(quantile(Float64Array.from([5]), 0.9)).toBe(5);
  });
});

describe('a cache that keeps less', () => {
  it('float16 rounds as IEEE 754 says', () => {
    const cases: [number, number][] = [
      [1, 1],
      [0.1, 0.0999755859375],
      [-2.71828, -2.71875],
      // Halfway: to the even one.
      [2049, 2048],
      [2051, 2052],
      [65_519, 65_504],
      [65_520, Infinity],
      [-1e6, -Infinity],
      // Subnormal, its half, and less.
      [2 ** -24, 2 ** -24],
      [2 ** -25, 0],
      [1.5 * 2 ** -24, 2 ** -23],
    ];
    for (const [value, rounded] of cases) expect(roundToFloat16(value)).toBe(rounded);
    expect(roundToFloat16(NaN)).toBeNaN();
    expect(roundToFloat16(-0)).toBe(-0);
  });

  it('one kept logit is enough where the others are equal; not where they are not', () => {
    const flat = { teacher: [9, 1, 1, 1, 1], student: [5, 2, 1, 0, 1], classes: 5 };
    expect(cachingErrors(flat).topK[0]!.loss.every((error) => error !== null && error < 1e-5)).toBe(true);
    expect(cachingErrors(flat).enough.every((k) => k === 1)).toBe(true);
    const steep = { teacher: [9, 6, 3, -3, -6], student: [5, 2, 1, 0, 1], classes: 5 };
    const { enough, temperatures: at } = cachingErrors(steep);
    expect(enough[at.indexOf(8)]).toBeGreaterThan(1);
  });

  it('has no relative error where student and teacher agree', () => {
    expect(cachingErrors({ teacher: [3, 1, 0], student: [3, 1, 0], classes: 3 }).topK[0]!.loss).toEqual(
      cachingErrors({ teacher: [3, 1, 0], student: [3, 1, 0], classes: 3 }).temperatures.map(() => null),
    );
  });
});

describe('many examples', () => {
  it('are sampled evenly, and the page is told', () => {
    const count = 5000;
    const logits = Float32Array.from({ length: 2 * count }, (_, i) => i);
    const all = {
      teacher: logits,
      student: logits,
      scratch: null,
      labels: new Int32Array(count),
      classes: 2,
    };
    const some = sample(all);
    expect(some.labels.length).toBe(1000);
    expect([some.teacher[0], some.teacher[1], some.teacher[2], some.teacher.length]).toEqual([
      0, 1, 10, 2000,
    ]);
    expect(measure(all).examples).toEqual({ used: 1000, of: count });
    expect(
      sample({ ...all, teacher: logits.subarray(0, 8), student: logits.subarray(0, 8), labels: [0, 1, 0, 1] })
        .labels,
    ).toHaveLength(4);
  });
});
