import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { hinton } from '../../../src/methods/hinton';
import type { Batch, Method, TensorFlow } from '../../../src/methods/method';

type Loss = (tf: TensorFlow, batch: Batch) => Tensor1D;

/** Soft targets' distillation loss in exchange for another one. */
export const withLoss = (id: string, loss: Loss): Method => ({
  ...(hinton as unknown as Method),
  id,
  terms: (parameters) => {
    const { distillation, student } = (hinton as unknown as Method).terms(parameters);
    return { distillation: { ...distillation!, over: 'batch' }, student: student! };
  },
  losses: (tf, batch, parameters) => ({
    ...(hinton as unknown as Method).losses(tf, batch, parameters),
    distillation: loss(tf, batch),
  }),
});

/** Squared distances between the logits of every two examples, [B, B]. */
function distances(tf: TensorFlow, z: Tensor2D): Tensor2D {
  const squares = tf.sum(tf.square(z), 1, true);
  return tf.sub<Tensor2D>(tf.add(squares, tf.transpose(squares)), tf.mul(tf.matMul(z, z, false, true), 2));
}

/** The student keeps the distances between examples that the teacher has. */
export const distancesKept = withLoss('distancesKept', (tf, { studentLogits, teacherLogits }) =>
  tf.mean<Tensor1D>(tf.squaredDifference(distances(tf, studentLogits), distances(tf, teacherLogits!)), 1),
);
