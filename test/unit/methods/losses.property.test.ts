import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { logitDistance, softCrossEntropy, softenedDivergence } from '../../../src/methods/softening';
import { backends, evaluate, relativeDistance, tf, use, type Rows } from './backends';
import * as exact from './float64';

const settings = { numRuns: 60, seed: 1503 };
const logit = (limit: number) => fc.float({ min: -limit, max: limit, noNaN: true, noDefaultInfinity: true });
/** Teacher's and student's logits, [B, C] each. */
const pair = (limit: number) =>
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 12 })).chain(([batch, classes]) => {
    const rows = fc.array(fc.array(logit(limit), { minLength: classes, maxLength: classes }), {
      minLength: batch,
      maxLength: batch,
    });
    return fc.record({ teacher: rows, student: rows });
  });
const temperature = fc.constantFrom(0.5, 1, 2, 4, 20, 100);

const soften = (teacher: Rows, student: Rows, t: number, scale = t * t) =>
  evaluate(student, (z) => softenedDivergence(tf, tf.tensor2d(teacher), z, t, scale));
const largest = (rows: Rows) => Math.max(...rows.flat().map(Math.abs));
/** |a − b| within 1e-5 of b, or within 1e-6 of the natural scale where b nearly vanishes. */
const near = (a: number, b: number, scale: number) => Math.abs(a - b) <= 1e-5 * Math.abs(b) + 1e-6 * scale;

describe.each(backends)('the distillation loss on %s', (backend) => {
  beforeAll(() => use(backend));

  it('is the divergence in float64, whatever the logits', () => {
    fc.assert(
      fc.property(pair(80), temperature, ({ teacher, student }, t) => {
        const { values } = soften(teacher, student, t);
        const scale = t * Math.max(largest(teacher), largest(student), 1e-30);
        teacher.forEach((row, i) => {
          expect(near(values[i]!, t * t * exact.divergence(row, student[i]!, t), scale)).toBe(true);
        });
      }),
      settings,
    );
  });

  it('has the gradient T·(q − p), which sums to 0 over the classes', () => {
    fc.assert(
      fc.property(pair(80), temperature, ({ teacher, student }, t) => {
        const { gradient } = soften(teacher, student, t);
        teacher.forEach((row, i) => {
          const p = exact.softmax(row, t);
          const q = exact.softmax(student[i]!, t);
          gradient[i]!.forEach((g, c) => expect(near(g, t * (q[c]! - p[c]!), t)).toBe(true));
          expect(Math.abs(gradient[i]!.reduce((a, b) => a + b, 0))).toBeLessThan(2e-6 * t);
        });
      }),
      settings,
    );
  });

  it('is never negative, and 0 with no gradient where the student has the teacher’s logits', () => {
    fc.assert(
      fc.property(pair(80), temperature, ({ teacher, student }, t) => {
        const apart = soften(teacher, student, t);
        const scale = t * Math.max(largest(teacher), largest(student), 1e-30);
        for (const value of apart.values) expect(value).toBeGreaterThanOrEqual(-1e-6 * scale);
        const same = soften(teacher, teacher, t);
        for (const value of same.values) expect(value).toBe(0);
        for (const g of same.gradient.flat()) expect(Math.abs(g)).toBe(0);
      }),
      settings,
    );
  });

  it('does not change when a constant is added to all logits of an example', () => {
    const shift = fc.integer({ min: -64, max: 64 });
    // Multiples of 1/64: the shifted logits are exact, so that the loss alone is tested.
    const exactRows = ({ teacher, student }: { teacher: Rows; student: Rows }) => ({
      teacher: teacher.map((r) => r.map((v) => Math.round(v * 64) / 64)),
      student: student.map((r) => r.map((v) => Math.round(v * 64) / 64)),
    });
    fc.assert(
      fc.property(pair(8).map(exactRows), temperature, shift, ({ teacher, student }, t, c) => {
        const moved = soften(
          teacher,
          student.map((row) => row.map((v) => v + c)),
          t,
        );
        const still = soften(teacher, student, t);
        moved.values.forEach((value, i) => expect(near(value, still.values[i]!, t * 64)).toBe(true));
        moved.gradient
          .flat()
          .forEach((g, i) => expect(near(g, still.gradient.flat()[i]!, 10 * t)).toBe(true));
      }),
      settings,
    );
  });

  it('has the same gradient as the cross-entropy with the same soft targets, and is less by their entropy', () => {
    fc.assert(
      fc.property(pair(20), temperature, ({ teacher, student }, t) => {
        const kl = soften(teacher, student, t);
        const ce = evaluate(student, (z) => softCrossEntropy(tf, tf.tensor2d(teacher), z, t, t * t));
        ce.gradient.flat().forEach((g, i) => expect(near(g, kl.gradient.flat()[i]!, t)).toBe(true));
        teacher.forEach((row, i) => {
          const p = exact.softmax(row, t);
          const entropy = exact.crossEntropy(p, row, t);
          expect(near(ce.values[i]! - kl.values[i]!, t * t * entropy, t * t * 10)).toBe(true);
        });
      }),
      settings,
    );
  });

  it('without T² is T² times smaller, value and gradient', () => {
    fc.assert(
      fc.property(pair(20), temperature, ({ teacher, student }, t) => {
        const scaled = soften(teacher, student, t);
        const plain = soften(teacher, student, t, 1);
        plain.values.forEach((v, i) => expect(near(v * t * t, scaled.values[i]!, 1e-20)).toBe(true));
        plain.gradient
          .flat()
          .forEach((g, i) => expect(near(g * t * t, scaled.gradient.flat()[i]!, 1e-20)).toBe(true));
      }),
      settings,
    );
  });

  it('comes down to centred logit matching over C as T rises, value and gradient', () => {
    fc.assert(
      fc.property(pair(4), ({ teacher, student }) => {
        const classes = student[0]!.length;
        const matching = evaluate(student, (z) => logitDistance(tf, tf.tensor2d(teacher), z, true));
        fc.pre(Math.min(...matching.values) > 1e-2);
        const soft = soften(teacher, student, 3000);
        soft.values.forEach((v, i) => expect((v * classes) / matching.values[i]!).toBeCloseTo(1, 2));
        const scaled = soft.gradient.map((row) => row.map((g) => g * classes));
        expect(relativeDistance(scaled, matching.gradient)).toBeLessThan(1e-2);
      }),
      settings,
    );
  });
});
