import { describe, expect, it } from 'vitest';
import * as metrics from '../../../src/tasks/classification';
import { divergence, softmax } from '../../../src/tasks/softmax';

const logits = (...rows: number[][]) => Float32Array.from(rows.flat());
const labels = (...values: number[]) => Int32Array.from(values);
/** A row of two logits whose first class has probability p. */
const confident = (p: number) => [Math.log(p / (1 - p)), 0];

describe('accuracy', () => {
  it('counts the rows whose largest logit is the label’s; of equals the first', () => {
    const z = logits([1, 2, 3], [5, 5, 0], [-1, -2, -3], [0, 1, 0]);
    expect([...metrics.correct(z, labels(2, 0, 1, 1))]).toEqual([1, 1, 0, 1]);
    expect(metrics.accuracy(z, labels(2, 0, 1, 1))).toBe(0.75);
  });
  it('takes classes from the shape: one row of two', () => {
    expect(metrics.accuracy(logits([0, 1]), labels(0))).toBe(0);
  });
});

describe('cross-entropy', () => {
  it('is log C for equal logits, and the difference of logits for a confident error', () => {
    expect(metrics.crossEntropy(logits([1, 1, 1, 1]), labels(3))).toBeCloseTo(Math.log(4), 12);
    expect(metrics.crossEntropy(logits([80, -80]), labels(1))).toBeCloseTo(160, 9);
  });
});

describe('expected calibration error', () => {
  it('is the gap between confidence and accuracy within each bin', () => {
    // Two bins in use: four rows at 0.8 of which three are right, two rows at 0.6 of which none is.
    const z = logits(...[0.8, 0.8, 0.8, 0.8, 0.6, 0.6].map(confident));
    const right = labels(0, 0, 0, 1, 1, 1);
    expect(metrics.expectedCalibrationError(z, right)).toBeCloseTo(
      (4 * Math.abs(0.75 - 0.8) + 2 * 0.6) / 6,
      6,
    );
  });
  it('lets errors of opposite sign cancel within a bin, not between bins', () => {
    const z = logits(confident(0.9), confident(0.9), confident(0.55), confident(0.55));
    expect(metrics.expectedCalibrationError(z, labels(0, 1, 0, 1), 15)).toBeCloseTo(
      (2 * 0.4 + 2 * 0.05) / 4,
      6,
    );
    expect(metrics.expectedCalibrationError(z, labels(0, 1, 0, 1), 1)).toBeCloseTo(
      (2 * 0.4 + 2 * 0.05) / 4,
      6,
    );
    expect(metrics.expectedCalibrationError(z, labels(1, 1, 0, 0), 1)).toBeCloseTo(Math.abs(0.5 - 0.725), 6);
    expect(metrics.expectedCalibrationError(z, labels(1, 1, 0, 0), 15)).toBeCloseTo(
      (2 * 0.9 + 2 * 0.45) / 4,
      6,
    );
  });
  it('puts full confidence in the last bin', () => {
    expect(metrics.expectedCalibrationError(logits([500, 0], [500, 0]), labels(0, 1))).toBeCloseTo(0.5, 12);
  });
});

describe('teacher and student', () => {
  it('agree if both predict the same class, right or wrong', () => {
    const a = logits([1, 0], [1, 0], [0, 1], [0, 1]);
    const b = logits([9, 0], [0, 1], [0, 5], [1, 0]);
    expect(metrics.agreement(a, b, 2)).toBe(0.5);
  });
  it('diverge by Σ p·log(p/q), averaged', () => {
    const kl = (p: number, q: number) => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    const teacher = logits(confident(0.9), confident(0.5));
    const student = logits(confident(0.6), confident(0.3));
    expect(metrics.klBetween(teacher, student, 2)).toBeCloseTo((kl(0.9, 0.6) + kl(0.5, 0.3)) / 2, 7);
  });
});

describe('softmax and divergence', () => {
  it('flatten as T rises', () => {
    expect(softmax([Math.log(9), 0])[0]).toBeCloseTo(0.9, 12);
    expect(softmax([2 * Math.log(9), 0], 2)[0]).toBeCloseTo(0.9, 12);
  });
  it('stay finite and correct for distant logits', () => {
    expect(divergence([800, -800], [-800, 800])).toBeCloseTo(1600, 6);
    expect(divergence([80, -80], [-80, 80])).toBeCloseTo(160, 9);
  });
  it('keep precision for close logits: KL → ½·variance of the difference under p', () => {
    const teacher = [0.3, -0.2, 0.1];
    const nudge = [1e-7, -2e-7, 5e-8];
    const p = softmax(teacher);
    const mean = nudge.reduce((s, d, i) => s + p[i]! * d, 0);
    const variance = nudge.reduce((s, d, i) => s + p[i]! * (d - mean) ** 2, 0);
    const student = teacher.map((z, i) => z + nudge[i]!);
    expect(divergence(teacher, student) / (variance / 2)).toBeCloseTo(1, 6);
  });
});
