import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { brier, crossEntropy, expectedCalibrationError } from '../../../src/tasks/classification';
import { fitTemperature, scaledBy } from '../../../src/tasks/temperatureScaling';

/** Made by test/fixtures/statistics.py with SciPy and scikit-learn. */
const { calibration: expected } = JSON.parse(readFileSync('test/fixtures/statistics.json', 'utf8')) as {
  calibration: Record<'nll' | 'brier' | 'ece' | 'temperature' | 'scaledNll', number> & {
    logits: number[][];
    labels: number[];
  };
};
const logits = Float32Array.from(expected.logits.flat());
const labels = Int32Array.from(expected.labels);

it('NLL, Brier score and calibration error are those of scikit-learn and SciPy', () => {
  expect(crossEntropy(logits, labels)).toBeCloseTo(expected.nll, 12);
  expect(brier(logits, labels)).toBeCloseTo(expected.brier, 12);
  expect(expectedCalibrationError(logits, labels)).toBeCloseTo(expected.ece, 12);
});

it('the fitted temperature is that of SciPy’s minimizer, with no higher loss', () => {
  const temperature = fitTemperature(logits, labels);
  expect(temperature).toBeCloseTo(expected.temperature, 5);
  expect(crossEntropy(scaledBy(logits, temperature), labels)).toBeCloseTo(expected.scaledNll, 7);
});
