import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { temperature, weight } from './combination';
import type { Method, TensorFlow } from './method';
import { rowMax, rowSum, softenedDivergence, studentLoss, withGradient } from './softening';
import { onLabels } from './terms';

const shape = {
  temperature: temperature(4),
  alpha: weight('alpha')
    .default(1)
    .describe('The weight of the target-class loss: how sure the teacher is of the right class.'),
  beta: weight('beta')
    .default(8)
    .describe('The weight of the non-target-class loss: how the teacher ranks the other classes.'),
  studentWeight: weight('studentWeight').default(1).describe('The weight of the loss on the labels.'),
};

/** Leaves a logit no probability in float32, at any temperature that is used. */
const NONE = 1e9;

/**
 * KL of soft targets in two parts with weights of their own: target class against all others, and the others among themselves.
 * For an example without a label, the class that the teacher finds likeliest takes the place of the target class.
 */
export const dkd: Method<typeof shape> = {
  id: 'dkd',
  version: 1,
  title: 'Decoupled distillation (DKD)',
  short: 'DKD',
  summary: 'Soft targets whose target class and other classes are weighted apart.',
  citation:
    'Zhao, Cui, Song, Qiu, Liang 2022, “Decoupled Knowledge Distillation”, arXiv:2203.08679, §3, eq. 7',
  teacher: 'logits',
  start: {
    arm: { temperature: 4, alpha: 1, beta: 8 },
    unlabelled: { temperature: 4, alpha: 1, beta: 8 },
    comment:
      'α is the weight of the target class, β that of the other classes. β 8 makes the loss large: check that the student converges.',
  },
  parameters: z.object(shape),
  terms: () => ({
    targetClass: {
      title: 'target class T²·KL',
      formula:
        'T²·KL([p_y, 1 − p_y] ‖ [q_y, 1 − q_y]), p and q being softmax(z_t/T) and softmax(z_s/T), y the label or, without one, the class that the teacher finds likeliest',
      unit: 'nats',
      source: 'teacher',
      over: 'example',
    },
    otherClasses: {
      title: 'other classes T²·KL',
      formula: 'T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)), both without class y',
      unit: 'nats',
      source: 'teacher',
      over: 'example',
      fewestClasses: 3,
    },
    student: onLabels,
  }),
  weighting: ({ alpha, beta, studentWeight }) => ({
    weights: { targetClass: alpha, otherClasses: beta, student: studentWeight },
    from: { targetClass: 'alpha', otherClasses: 'beta', student: 'studentWeight' },
    formula: 'α·targetClass + β·otherClasses + studentWeight·student',
  }),
  losses(tf, { studentLogits, teacherLogits, labels }, { temperature: t }) {
    if (teacherLogits === null) throw new Error('dkd needs the logits of a teacher');
    const target = targetsOf(tf, labels, teacherLogits);
    const others = tf.sub<Tensor2D>(1, target);
    const twoClasses = (logits: Tensor2D) => {
      const softened = tf.div<Tensor2D>(logits, t);
      return tf.stack(
        [target, others].map((mask) => logSumExp(tf, only(tf, softened, mask))),
        1,
      ) as Tensor2D;
    };
    const among = (logits: Tensor2D) => only(tf, logits, others);
    return {
      targetClass: softenedDivergence(tf, twoClasses(teacherLogits), twoClasses(studentLogits), 1, t ** 2),
      otherClasses: softenedDivergence(tf, among(teacherLogits), among(studentLogits), t, t ** 2),
      student: studentLoss(tf, studentLogits, labels),
    };
  },
};

/** [B, C], 1 for the target class; without a label for the class that the teacher finds likeliest. */
function targetsOf(tf: TensorFlow, labels: Tensor2D, teacher: Tensor2D): Tensor2D {
  const likeliest = tf.sub(1, tf.step(tf.sub(rowMax(tf, teacher), teacher)));
  const unlabelled = tf.sub(1, rowSum(tf, labels));
  return tf.add<Tensor2D>(labels, tf.mul(unlabelled, likeliest));
}

/** The logits where the mask is 1; the others have no probability. */
const only = (tf: TensorFlow, logits: Tensor2D, mask: Tensor2D): Tensor2D =>
  tf.add<Tensor2D>(tf.mul(logits, mask), tf.mul(tf.sub(mask, 1), NONE));

/** log Σ e^z of each row, [B]. */
const logSumExp = (tf: TensorFlow, logits: Tensor2D): Tensor1D =>
  withGradient(tf, logits, (z) => {
    const highest = rowMax(tf, z);
    const powers = tf.exp(tf.sub(z, highest));
    const sum = rowSum(tf, powers);
    return { loss: tf.add(tf.log(sum), highest), gradient: tf.div(powers, sum) };
  });
