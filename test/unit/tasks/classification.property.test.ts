import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as metrics from '../../../src/tasks/classification';
import { divergence } from '../../../src/tasks/softmax';

const settings = { numRuns: 200, seed: 2017 };
const logit = fc.float({ min: -50, max: 50, noNaN: true });
const batch = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 8 })).chain(([n, c]) =>
  fc.record({
    classes: fc.constant(c),
    a: fc.array(logit, { minLength: n * c, maxLength: n * c }).map((v) => Float32Array.from(v)),
    b: fc.array(logit, { minLength: n * c, maxLength: n * c }).map((v) => Float32Array.from(v)),
    labels: fc.array(fc.nat(c - 1), { minLength: n, maxLength: n }).map((v) => Int32Array.from(v)),
  }),
);

describe('metrics of classification', () => {
  it('stay within their ranges', () => {
    fc.assert(
      fc.property(batch, ({ a, b, labels, classes }) => {
        const ece = metrics.expectedCalibrationError(a, labels);
        expect(ece).toBeGreaterThanOrEqual(0);
        expect(ece).toBeLessThanOrEqual(1);
        // No binning is further from the truth than one bin for everything.
        expect(ece).toBeGreaterThanOrEqual(metrics.expectedCalibrationError(a, labels, 1) - 1e-12);
        expect(metrics.crossEntropy(a, labels)).toBeGreaterThanOrEqual(0);
        expect(metrics.klBetween(a, b, classes)).toBeGreaterThanOrEqual(0);
      }),
      settings,
    );
  });

  it('a network agrees with itself, and agreement is mutual', () => {
    fc.assert(
      fc.property(batch, ({ a, b, classes }) => {
        expect(metrics.agreement(a, a, classes)).toBe(1);
        expect(metrics.klBetween(a, a, classes)).toBe(0);
        expect(metrics.agreement(a, b, classes)).toBe(metrics.agreement(b, a, classes));
      }),
      settings,
    );
  });

  it('accuracy is agreement with one-hot logits of the labels', () => {
    fc.assert(
      fc.property(batch, ({ a, labels, classes }) => {
        const oneHot = new Float32Array(a.length);
        labels.forEach((label, i) => (oneHot[i * classes + label] = 1));
        expect(metrics.accuracy(a, labels)).toBe(metrics.agreement(a, oneHot, classes));
      }),
      settings,
    );
  });

  it('cross-entropy is the limit of the divergence from an increasingly confident teacher', () => {
    fc.assert(
      fc.property(batch, ({ a, labels, classes }) => {
        const row = a.subarray(0, classes);
        const teacher = Array.from({ length: classes }, (_, c) => (c === labels[0] ? 1000 : 0));
        const ce = metrics.crossEntropy(row, labels.subarray(0, 1));
        expect(Math.abs(divergence(teacher, row) - ce)).toBeLessThan(1e-9 * (1 + ce));
      }),
      settings,
    );
  });
});
