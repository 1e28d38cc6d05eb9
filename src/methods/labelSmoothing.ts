import type { Tensor2D } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Method } from './method';
import { studentLoss } from './softening';
import { onLabels } from './terms';

const outside = { error: 'Expected an epsilon from 0 to below 1: the share of the label that is spread.' };
const shape = {
  epsilon: z
    .number({ error: 'Expected a number from 0 to below 1, e.g. 0.1.' })
    .min(0, outside)
    .lt(1, outside)
    .default(0.1)
    .describe('The share of each label that is spread evenly over all classes.'),
};

/** Cross-entropy with (1−ε)·label + ε/C: uninformed soft targets, a control for what a teacher adds. */
export const labelSmoothing: Method<typeof shape> = {
  id: 'labelSmoothing',
  version: 1,
  title: 'Label smoothing',
  summary: 'No teacher: labels softened evenly. A control: soft targets without knowledge.',
  citation:
    'Szegedy et al. 2016, “Rethinking the Inception Architecture for Computer Vision”, arXiv:1512.00567, §7',
  teacher: 'none',
  start: {
    arm: { epsilon: 0.1 },
    comment:
      'No teacher: every label is smoothed uniformly. A control: does the teacher’s knowledge help, or only the soft targets?',
  },
  parameters: z.object(shape),
  terms: () => ({
    student: {
      ...onLabels,
      title: 'smoothed cross-entropy',
      formula: '−Σ ((1 − ε)·y + ε/C)·log softmax(z_s)',
    },
  }),
  weighting: () => ({ weights: { student: 1 }, from: {}, formula: 'student' }),
  losses(tf, { studentLogits, labels }, { epsilon }) {
    const classes = labels.shape[1];
    const smoothed = tf.add<Tensor2D>(tf.mul(labels, 1 - epsilon), epsilon / classes);
    return { student: studentLoss(tf, studentLogits, smoothed) };
  },
};
