import { z } from 'zod';
import { STUDENT_TERM, type Method } from './method';
import { studentLoss } from './softening';

/** The loss of scratch: cross-entropy with the labels. */
export const hardLabels: Method<Record<never, never>> = {
  id: 'hardLabels',
  version: 1,
  title: 'Scratch (hard labels)',
  summary: 'The student alone, on the labels.',
  citation: 'Cross-entropy of the softmax; Goodfellow, Bengio, Courville 2016, “Deep Learning”, §6.2.2.3',
  terms: { student: '−Σ y·log softmax(z_s)' },
  teacher: 'none',
  parameters: z.object({}),
  weights: () => ({ [STUDENT_TERM]: 1 }),
  losses: (tf, { studentLogits, labels }) => ({ student: studentLoss(tf, studentLogits, labels) }),
};
