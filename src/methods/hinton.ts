import { z } from 'zod';
import { combine, eitherForm, isShare, notAShare } from './combination';
import type { Method } from './method';
import { softCrossEntropy, softenedDivergence, studentLoss } from './softening';

const shape = {
  temperature: z
    .number({ error: 'Expected a number above 0, e.g. 4.' })
    .positive({ error: 'Expected a temperature above 0, e.g. 4: the logits are divided by it.' })
    .default(4)
    .describe('Divides the logits of teacher and student alike; the higher, the softer the targets.'),
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
  terms: { distillation: 'T²·KL(softmax(z_t/T) ‖ softmax(z_s/T))', student: '−Σ y·log softmax(z_s)' },
  teacher: 'logits',
  parameters: z.object(shape).refine(isShare, notAShare),
  weights: combine,
  losses(tf, { studentLogits, teacherLogits, labels }, { temperature, softLoss, scaleByT2 }) {
    if (teacherLogits === null) throw new Error('hinton needs the logits of a teacher');
    const soft = softLoss === 'kl' ? softenedDivergence : softCrossEntropy;
    const scale = scaleByT2 ? temperature ** 2 : 1;
    return {
      distillation: soft(tf, teacherLogits, studentLogits, temperature, scale),
      student: studentLoss(tf, studentLogits, labels),
    };
  },
};
