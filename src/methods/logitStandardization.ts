import type { Tensor2D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { combine, DEFAULT_ALPHA, share, temperature } from './combination';
import type { Method, TensorFlow } from './method';
import { dampNearConstant, rowSum, softenedDivergence, studentLoss } from './softening';
import { onLabels } from './terms';

const shape = {
  temperature: temperature(2),
  alpha: share
    .default(DEFAULT_ALPHA)
    .describe('The share of the distillation loss: α·distillation + (1−α)·student.'),
};

/** Added to the variance: the authors add its root, 1e-7, to the standard deviation. */
const EPSILON = 1e-14;
/** Gradients of examples whose logits have a smaller standard deviation are damped. */
const LEAST_DEVIATION = 0.05;

/** T²·KL(softmax(Z(z_t)/T) ‖ softmax(Z(z_s)/T)): teacher and student need not have logits of one scale. */
export const logitStandardization: Method<typeof shape> = {
  id: 'logitStandardization',
  version: 1,
  title: 'Logit standardization',
  short: 'LS-KD',
  summary:
    'Soft targets of logits with mean 0 and standard deviation 1: the student need not match the teacher’s scale.',
  citation:
    'Sun, Ren, Li, Wang, Cao 2024, “Logit Standardization in Knowledge Distillation”, arXiv:2403.01427, §4, alg. 1; the standard deviation divides by C − 1 as in the authors’ code',
  teacher: 'logits',
  start: {
    arm: { temperature: 2, alpha: 0.9 },
    unlabelled: { temperature: 2, alpha: 0.9 },
    comment:
      'Each example’s logits are standardized before T divides them, so that T is in units of their standard deviation.',
  },
  parameters: z.object(shape),
  terms: () => ({
    distillation: {
      title: 'distillation T²·KL',
      formula: 'T²·KL(softmax(Z(z_t)/T) ‖ softmax(Z(z_s)/T)), Z(z) = (z − mean) / standard deviation',
      unit: 'nats',
      source: 'teacher',
      over: 'example',
      fewestClasses: 3,
    },
    student: onLabels,
  }),
  weighting: combine,
  losses(tf, { studentLogits, teacherLogits, labels }, { temperature: t }) {
    if (teacherLogits === null) throw new Error('logitStandardization needs the logits of a teacher');
    const [taught, learned] = [teacherLogits, studentLogits].map((logits) => standardized(tf, logits));
    return {
      distillation: softenedDivergence(tf, taught!, learned!, t, t ** 2),
      student: studentLoss(tf, studentLogits, labels),
    };
  },
};

/** Each row with mean 0 and standard deviation 1, [B, C]; a constant row becomes zeros and has no gradient. */
function standardized(tf: TensorFlow, logits: Tensor2D): Tensor2D {
  const deviationOf = (centred: Tensor2D) =>
    tf.sqrt(tf.add(tf.div(rowSum(tf, tf.square(centred)), logits.shape[1] - 1), EPSILON));
  const centredRows = (rows: Tensor2D) => tf.sub<Tensor2D>(rows, tf.mean(rows, 1, true));
  const damped = dampNearConstant(tf, logits, deviationOf(centredRows(logits)), LEAST_DEVIATION);
  const centred = centredRows(damped);
  return tf.div<Tensor2D>(centred, deviationOf(centred));
}
