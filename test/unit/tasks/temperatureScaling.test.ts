import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brier, crossEntropy } from '../../../src/tasks/classification';
import { fitTemperature, scaledBy } from '../../../src/tasks/temperatureScaling';

describe('temperature scaling', () => {
  it('finds the temperature by which overconfident logits were sharpened', () => {
    // Of the rows with odds e^z, that share has the first label: calibrated at T 1.
    const odds = [1, 2, 3];
    const rows: number[] = [];
    const labels: number[] = [];
    for (const z of odds) {
      const right = Math.round(1000 / (1 + Math.exp(-z)));
      for (let i = 0; i < 1000; i++) {
        rows.push(z, 0);
        labels.push(i < right ? 0 : 1);
      }
    }
    const truth = Int32Array.from(labels);
    for (const sharpened of [0.5, 1, 2.5])
      expect(
        fitTemperature(
          Float32Array.from(rows, (z) => z * sharpened),
          truth,
        ) / sharpened,
      ).toBeCloseTo(1, 1);
  });

  it('is best among its neighbours', () => {
    const example = fc.record({
      logits: fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 12, maxLength: 12 }),
      labels: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(example, ({ logits, labels }) => {
        const [z, y] = [Float32Array.from(logits), Int32Array.from(labels)];
        const temperature = fitTemperature(z, y);
        const loss = (t: number) => crossEntropy(scaledBy(z, t), y);
        for (const other of [temperature * 0.9, temperature * 1.1])
          if (other > 0.011 && other < 99) expect(loss(temperature)).toBeLessThanOrEqual(loss(other) + 1e-5);
      }),
    );
  });

  it('is the lower bound if every example is right', () => {
    expect(fitTemperature(Float32Array.of(3, 0, 0, 3), Int32Array.of(0, 1))).toBeCloseTo(0.01, 3);
  });
});

describe('the Brier score', () => {
  it('is 0 for certainty of the label, 2 for certainty of another, and counts every class', () => {
    expect(brier(Float32Array.of(100, 0), Int32Array.of(0))).toBeCloseTo(0, 12);
    expect(brier(Float32Array.of(100, 0), Int32Array.of(1))).toBeCloseTo(2, 12);
    expect(brier(Float32Array.of(0, 0, 0, 0), Int32Array.of(2))).toBeCloseTo(3 / 16 + 9 / 16, 12);
  });
});
