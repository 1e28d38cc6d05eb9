import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { temperature, weight } from './combination';
import type { Method, TensorFlow } from './method';
import { dampNearConstant, rowSum, studentLoss, withGradient } from './softening';
import { onLabels } from './terms';

const shape = {
  temperature: temperature(1),
  beta: weight('beta')
    .default(1)
    .describe('The weight of the relations between classes, within each example.'),
  gamma: weight('gamma')
    .default(1)
    .describe('The weight of the relations between examples, within each class.'),
  studentWeight: weight('studentWeight').default(1).describe('The weight of the loss on the labels.'),
};

/** Added to the product of norms, as the authors’ code does. */
const EPSILON = 1e-8;
/** Keeps the direction of a vector without length finite. */
const TINY = 1e-30;
/** Gradients of rows whose centred probabilities have a smaller norm are damped. */
const LEAST_NORM = 0.01;

/** T²·(1 − Pearson correlation) of the softened probabilities: of each example’s classes, and of each class’s examples. */
export const dist: Method<typeof shape> = {
  id: 'dist',
  version: 1,
  title: 'Relation matching (DIST)',
  short: 'DIST',
  summary:
    'The student’s probabilities correlate with the teacher’s, over classes and over the examples of a batch.',
  citation:
    'Huang, You, Wang, Qian, Xu 2022, “Knowledge Distillation from A Stronger Teacher”, arXiv:2205.10536, §3, eq. 8–10; T² and 1e-8 from the authors’ code',
  teacher: 'logits',
  start: {
    arm: { temperature: 1, beta: 1, gamma: 1 },
    unlabelled: { temperature: 1, beta: 1, gamma: 1 },
    comment:
      'β weighs the relations between classes, γ those between the examples of a batch: larger batches relate more.',
  },
  parameters: z.object(shape),
  terms: () => ({
    betweenClasses: {
      title: 'between classes 1 − ρ',
      formula:
        'T²·(1 − ρ(p, q)), ρ being the correlation over classes of p = softmax(z_t/T) and q = softmax(z_s/T)',
      unit: 'none',
      source: 'teacher',
      over: 'example',
      fewestClasses: 3,
    },
    betweenExamples: {
      title: 'between examples 1 − ρ',
      formula: 'T²·(1 − (1/C)·Σ_c ρ(p_c, q_c)), ρ being the correlation over the examples of the batch',
      unit: 'none',
      source: 'teacher',
      over: 'batch',
    },
    student: onLabels,
  }),
  weighting: ({ beta, gamma, studentWeight }) => ({
    weights: { betweenClasses: beta, betweenExamples: gamma, student: studentWeight },
    from: { betweenClasses: 'beta', betweenExamples: 'gamma', student: 'studentWeight' },
    formula: 'β·betweenClasses + γ·betweenExamples + studentWeight·student',
  }),
  losses(tf, { studentLogits, teacherLogits, labels }, { temperature: t }) {
    if (teacherLogits === null) throw new Error('dist needs the logits of a teacher');
    const p = tf.softmax(tf.div<Tensor2D>(teacherLogits, t));
    const q = tf.softmax(tf.div<Tensor2D>(studentLogits, t));
    const byClass = uncorrelated(tf, tf.transpose(p), tf.transpose(q));
    return {
      betweenClasses: tf.mul<Tensor1D>(uncorrelated(tf, p, q), t ** 2),
      betweenExamples: tf.mul<Scalar>(tf.mean(byClass), t ** 2),
      student: studentLoss(tf, studentLogits, labels),
    };
  },
};

/**
 * 1 − Pearson correlation of each row, [rows]; 1 without a gradient where a row is constant. As ½‖ŝ − t̂‖² of the centred rows’ directions, since
 * 1 − ρ cancels where they agree.
 *
 * @param teacher [rows, columns]; constant
 * @param student [rows, columns]; differentiated
 */
function uncorrelated(tf: TensorFlow, teacher: Tensor2D, student: Tensor2D): Tensor1D {
  const centred = (x: Tensor2D) => tf.sub<Tensor2D>(x, tf.mean(x, 1, true));
  const normOf = (x: Tensor2D) => tf.sqrt(rowSum(tf, tf.square(x)));
  const t = centred(teacher);
  const teacherNorm = normOf(t);
  const teacherDirection = tf.div(t, tf.add(teacherNorm, TINY));
  const rows = centred(student);
  return withGradient(tf, dampNearConstant(tf, rows, normOf(rows), LEAST_NORM), (s) => {
    const norm = normOf(s);
    const direction = tf.div(s, tf.add(norm, TINY));
    const product = tf.mul(norm, teacherNorm);
    const divisor = tf.add(product, EPSILON);
    const difference = tf.sub(direction, teacherDirection);
    const half = tf.mul(rowSum(tf, tf.square(difference)), 0.5);
    const loss = tf.div(tf.add(tf.mul(product, half), EPSILON), divisor);
    const gradient = tf.mul(tf.sub(difference, tf.mul(loss, direction)), tf.div(teacherNorm, divisor));
    return { loss, gradient };
  });
}
