import { divergence, logSoftmax, softmax } from './softmax';
import { mean } from '../sampleStatistics';

/**
 * Metrics of classification. Logits are row-major [N, C], N ≥ 1; labels are class numbers [N].
 * Everything is computed from stored predictions, in float64.
 */
export type Logits = Float32Array;
export type ClassNumbers = Int32Array;

/** Class of the largest logit of each row; the first of equals. */
export function predictions(logits: Logits, classes: number): ClassNumbers {
  return Int32Array.from({ length: logits.length / classes }, (_, row) => {
    let best = row * classes;
    for (let i = best + 1; i < (row + 1) * classes; i++) if (logits[i]! > logits[best]!) best = i;
    return best - row * classes;
  });
}

/** 1 if the prediction is the label, otherwise 0: [N]. */
export function correct(logits: Logits, labels: ClassNumbers): Uint8Array {
  const predicted = predictions(logits, logits.length / labels.length);
  return Uint8Array.from(labels, (label, row) => (predicted[row] === label ? 1 : 0));
}

/** Fraction of right predictions, 0–1. */
export const accuracy = (logits: Logits, labels: ClassNumbers): number => mean(correct(logits, labels));

/** Probability of the likeliest class of each row, at T = 1: [N]. */
export const confidences = (logits: Logits, classes: number): number[] =>
  rows(logits, classes, (row) => Math.exp(Math.max(...logSoftmax(row))));

/** Mean −log softmax(logits)[label], in nats. */
export function crossEntropy(logits: Logits, labels: ClassNumbers): number {
  return mean(rows(logits, logits.length / labels.length, (row, i) => -logSoftmax(row)[labels[i]!]!));
}

/**
 * Expected calibration error at T = 1: mean |accuracy − confidence| over equal-width bins of confidence, weighted by
 * their counts (Guo et al. 2017, “On Calibration of Modern Neural Networks”, §2, eq. 3). 0–1.
 */
export function expectedCalibrationError(logits: Logits, labels: ClassNumbers, bins = 15): number {
  const right = correct(logits, labels);
  const excess = new Float64Array(bins);
  confidences(logits, logits.length / labels.length).forEach((value, i) => {
    // Bin k holds confidences in (k/bins, (k+1)/bins].
    excess[Math.min(bins - 1, Math.ceil(value * bins) - 1)]! += right[i]! - value;
  });
  return excess.reduce((sum, e) => sum + Math.abs(e), 0) / labels.length;
}

/** Mean squared distance of the probabilities from the label, Σ (p − y)² (Brier 1950, eq. 2): 0 to 2. */
export function brier(logits: Logits, labels: ClassNumbers): number {
  return mean(
    rows(logits, logits.length / labels.length, (row, i) =>
      softmax(row).reduce((sum, p, c) => sum + (p - (c === labels[i] ? 1 : 0)) ** 2, 0),
    ),
  );
}

/** Fraction of examples on which both predict the same class, 0–1. */
export function agreement(a: Logits, b: Logits, classes: number): number {
  const other = predictions(b, classes);
  return mean(predictions(a, classes).map((c, i) => (c === other[i] ? 1 : 0)));
}

/** Mean KL(teacher ‖ student) at T = 1, in nats. */
export function klBetween(teacher: Logits, student: Logits, classes: number): number {
  return mean(
    rows(teacher, classes, (row, i) => divergence(row, student.subarray(i * classes, (i + 1) * classes))),
  );
}

function rows(logits: Logits, classes: number, measure: (row: Logits, index: number) => number): number[] {
  return Array.from({ length: logits.length / classes }, (_, i) =>
    measure(logits.subarray(i * classes, (i + 1) * classes), i),
  );
}
