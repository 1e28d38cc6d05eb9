import type { Term } from './method';

/** Cross-entropy of the labels, which most methods add to what the teacher teaches. */
export const onLabels: Term = {
  title: 'student (hard)',
  formula: '−Σ y·log softmax(z_s)',
  unit: 'nats',
  source: 'labels',
  over: 'example',
};
