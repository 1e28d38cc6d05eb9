import { z } from 'zod';
import type { Method } from './method';
import { onLabels } from './terms';
import { studentLoss } from './softening';

/** The loss of scratch: cross-entropy with the labels. */
export const hardLabels: Method<Record<never, never>> = {
  id: 'hardLabels',
  version: 1,
  title: 'Scratch (hard labels)',
  summary: 'The student alone, on the labels.',
  citation: 'Cross-entropy of the softmax; Goodfellow, Bengio, Courville 2016, “Deep Learning”, §6.2.2.3',
  teacher: 'none',
  start: { arm: {}, comment: '' },
  parameters: z.object({}),
  terms: () => ({ student: { ...onLabels, title: 'cross-entropy' } }),
  weighting: () => ({ weights: { student: 1 }, from: {}, formula: 'student' }),
  losses: (tf, { studentLogits, labels }) => ({ student: studentLoss(tf, studentLogits, labels) }),
};
