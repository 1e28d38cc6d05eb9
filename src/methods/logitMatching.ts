import { z } from 'zod';
import { combine, DEFAULT_ALPHA, share } from './combination';
import type { Method } from './method';
import { logitDistance, studentLoss } from './softening';
import { onLabels } from './terms';

const shape = {
  centred: z
    .boolean({ error: 'Expected true or false.' })
    .default(true)
    .describe('Compare logits after taking off each example’s mean, which no probability depends on.'),
  alpha: share
    .default(DEFAULT_ALPHA)
    .describe('The share of the distillation loss: α·distillation + (1−α)·student.'),
};

/** ½‖z_s − z_t‖²: C times the limit of T²·KL for high T where logits are centred. */
export const logitMatching: Method<typeof shape> = {
  id: 'logitMatching',
  version: 1,
  title: 'Logit matching',
  summary:
    'The student matches the teacher’s logits themselves: what soft targets become at a very high temperature.',
  citation:
    'Ba, Caruana 2014, “Do Deep Nets Really Need to be Deep?”, arXiv:1312.6184, §2.2; the limit: Hinton et al. 2015, arXiv:1503.02531, §2.1, eq. 4',
  teacher: 'logits',
  start: {
    arm: { alpha: 0.9 },
    unlabelled: { alpha: 0.9 },
    comment:
      'The student matches the teacher’s logits directly, which is the limit of soft targets at high temperature.',
  },
  parameters: z.object(shape),
  terms: () => ({
    distillation: {
      title: 'distillation ½‖Δz‖²',
      formula: '½·‖z_s − z_t‖²',
      unit: 'none',
      source: 'teacher',
      over: 'example',
    },
    student: onLabels,
  }),
  weighting: combine,
  losses(tf, { studentLogits, teacherLogits, labels }, { centred }) {
    if (teacherLogits === null) throw new Error('logitMatching needs the logits of a teacher');
    return {
      distillation: logitDistance(tf, teacherLogits, studentLogits, centred),
      student: studentLoss(tf, studentLogits, labels),
    };
  },
};
