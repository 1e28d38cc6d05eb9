import { beforeAll, describe, expect, it } from 'vitest';
import {
  logitDistance,
  softCrossEntropy,
  softenedDivergence,
  studentLoss,
} from '../../../src/methods/softening';
import { backends, evaluate, relativeDistance, tf, use, type Rows } from './backends';
import * as exact from './float64';

const teacher: Rows = [
  [3.5, -1.25, 0.5, 2],
  [-40, 12, 30, 29],
  [0.1, 0.2, 0.3, 0.4],
];
const student: Rows = [
  [1, 1.5, -2, 2.25],
  [-10, 35, 28, -3],
  [0.4, 0.1, 0.3, 0.2],
];
const labels: Rows = [
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [1, 0, 0, 0],
];

type Loss = (z: tf.Tensor2D) => tf.Tensor1D;
const cases: [string, () => Loss, (row: number[], i: number) => number][] = [
  ...[0.5, 1, 4, 20].map((t): [string, () => Loss, (row: number[], i: number) => number] => [
    `T²·KL at T ${t}`,
    () => (z) => softenedDivergence(tf, tf.tensor2d(teacher), z, t, t * t),
    (row, i) => t * t * exact.divergence(teacher[i]!, row, t),
  ]),
  [
    'cross-entropy with soft targets at T 4, no T²',
    () => (z) => softCrossEntropy(tf, tf.tensor2d(teacher), z, 4, 1),
    (row, i) => exact.crossEntropy(exact.softmax(teacher[i]!, 4), row, 4),
  ],
  [
    'cross-entropy with labels',
    () => (z) => studentLoss(tf, z, tf.tensor2d(labels)),
    (row, i) => exact.crossEntropy(labels[i]!, row),
  ],
  ...[true, false].map((centred): [string, () => Loss, (row: number[], i: number) => number] => [
    `logit distance, ${centred ? 'centred' : 'raw'}`,
    () => (z) => logitDistance(tf, tf.tensor2d(teacher), z, centred),
    (row, i) => exact.logitDistance(teacher[i]!, row, centred),
  ]),
];

describe.each(backends)('losses on %s', (backend) => {
  beforeAll(() => use(backend));

  it.each(cases)('%s: value and gradient are those of float64', (_, loss, reference) => {
    const { values, gradient } = evaluate(student, loss());
    student.forEach((row, i) => {
      const expected = reference(row, i);
      expect(Math.abs(values[i]! - expected)).toBeLessThan(1e-5 * Math.abs(expected));
      const slope = exact.finiteDifferences(([z]) => reference(z!, i), [row]);
      expect(relativeDistance([gradient[i]!], slope)).toBeLessThan(1e-5);
    });
  });

  it('the gradient of a weighted sum is weighted, example by example', () => {
    const weights = [2, 0, -0.5];
    const gradient = tf.tidy(() =>
      tf
        .grad((z) =>
          tf.sum(tf.mul(studentLoss(tf, z as tf.Tensor2D, tf.tensor2d(labels)), tf.tensor1d(weights))),
        )(tf.tensor2d(student))
        .arraySync(),
    ) as Rows;
    const plain = evaluate(student, (z) => studentLoss(tf, z, tf.tensor2d(labels))).gradient;
    const expected = plain.map((row, i) => row.map((v) => v * weights[i]!));
    expect(relativeDistance(gradient, expected)).toBeLessThan(1e-6);
  });

  // Two confident networks that contradict each other: every probability but one underflows in float32.
  it.each([0.5, 1, 4])('batch 1, two classes and logits of ±80 at T %d', (t) => {
    const { values, gradient } = evaluate([[-80, 80]], (z) =>
      softenedDivergence(tf, tf.tensor2d([[80, -80]]), z, t, t * t),
    );
    expect(values[0]! / (t * t * exact.divergence([80, -80], [-80, 80], t))).toBeCloseTo(1, 5);
    expect(gradient[0]![0]! / -t).toBeCloseTo(1, 5);
    expect(gradient[0]![1]! / t).toBeCloseTo(1, 5);
  });

  it('the cross-entropy of a label that the logits rule out is the distance of the logits', () => {
    const { values, gradient } = evaluate([[-80, 80]], (z) => studentLoss(tf, z, tf.tensor2d([[1, 0]])));
    expect(values[0]).toBeCloseTo(160, 3);
    expect(gradient[0]).toEqual([-1, 1]);
  });

  it('a row without a label stays finite, so that a mask can take it off', () => {
    const { values, gradient } = evaluate([[80, -80, 3]], (z) =>
      studentLoss(tf, z, tf.tensor2d([[0, 0, 0]])),
    );
    expect([...values, ...gradient.flat()].every(Number.isFinite)).toBe(true);
  });

  // Where student and teacher nearly agree, Σ p·(log p − log q) keeps no digit: 7e-2 off for 1,000 classes.
  it.each([
    [1000, 10],
    [1000, 1000],
    [100, 10],
    [1, 1000],
  ])('keeps its digits at T %d with %d near-equal classes', (t, classes) => {
    const z = Array.from({ length: classes }, (_, i) => Math.fround(Math.sin(i * 12.9898) * 3));
    const near = z.map((v, i) => Math.fround(v + 0.01 * Math.cos(i * 7.1)));
    const [value] = evaluate([near], (s) => softenedDivergence(tf, tf.tensor2d([z]), s, t, t * t)).values;
    expect(value! / (t * t * exact.divergence(z, near, t))).toBeCloseTo(1, 5);
  });

  it('leaves no tensor behind', () => {
    const z = tf.tensor2d(student);
    const t = tf.tensor2d(teacher);
    const step = () =>
      tf.dispose(
        tf.variableGrads(() => tf.sum(softenedDivergence(tf, t, v as unknown as tf.Tensor2D, 4, 16))),
      );
    const v = tf.variable(z);
    step();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) step();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([z, t, v]);
  });
});
