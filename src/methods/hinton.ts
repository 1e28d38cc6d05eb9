import { z } from 'zod';
import { combine, eitherForm, isShare, notAShare, temperature } from './combination';
import type { Method } from './method';
import { softCrossEntropy, softenedDivergence, studentLoss } from './softening';
import { onLabels } from './terms';

const shape = {
  temperature: temperature(4),
  ...eitherForm,
  softLoss: z
    .enum(['kl', 'crossEntropy'], { error: 'Expected "kl" or "crossEntropy".' })
    .default('kl')
    .describe(
      'kl falls to 0 where student and teacher agree; crossEntropy has the same gradient and falls to the entropy of the targets.',
    ),
  scaleByT2: z
    .boolean({ error: 'Expected true or false.' })
    .default(true)
    .describe(
      'Multiply by T², so that the balance of the two losses does not change with T. false: the soft gradient shrinks as 1/T².',
    ),
};

/** T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)) beside the cross-entropy of the labels. */
export const hinton: Method<typeof shape> = {
  id: 'hinton',
  version: 1,
  title: 'Soft targets (Hinton)',
  short: 'KD',
  summary: 'The student matches the teacher’s probabilities, softened by a temperature.',
  citation:
    'Hinton, Vinyals, Dean 2015, “Distilling the Knowledge in a Neural Network”, arXiv:1503.02531, §2; T² from the end of §2',
  teacher: 'logits',
  start: {
    arm: { temperature: 4, alpha: 0.9 },
    unlabelled: { temperature: 2, alpha: 0.9 },
    comment:
      'α is the weight of the teacher, 1 − α that of the labels. The temperature T softens the outputs of both networks.',
  },
  parameters: z.object(shape).refine(isShare, notAShare),
  terms: ({ softLoss, scaleByT2 }) => {
    const scale = scaleByT2 ? 'T²·' : '';
    const [short, formula] =
      softLoss === 'kl'
        ? ['KL', 'KL(softmax(z_t/T) ‖ softmax(z_s/T))']
        : ['cross-entropy', '−Σ softmax(z_t/T)·log softmax(z_s/T)'];
    return {
      distillation: {
        title: `distillation ${scale}${short}`,
        formula: scale + formula,
        unit: 'nats',
        source: 'teacher',
        over: 'example',
        softened: true,
      },
      student: onLabels,
    };
  },
  weighting: combine,
  losses(tf, { studentLogits, teacherLogits, labels }, { temperature: t, softLoss, scaleByT2 }) {
    if (teacherLogits === null) throw new Error('hinton needs the logits of a teacher');
    const soft = softLoss === 'kl' ? softenedDivergence : softCrossEntropy;
    const scale = scaleByT2 ? t ** 2 : 1;
    return {
      distillation: soft(tf, teacherLogits, studentLogits, t, scale),
      student: studentLoss(tf, studentLogits, labels),
    };
  },
};
