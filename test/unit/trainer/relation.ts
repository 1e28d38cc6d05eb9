import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Batch, TensorFlow } from '../../../src/methods/method';
import type { Objective } from '../../../src/trainer/steps/objective';

const ROWS = 3;
/** Where weights that change over the training are neither at their beginning nor at their end. */
const MIDDLE = { step: 500, totalSteps: 1000 };

/**
 * Whether a method's losses of two batches, stacked, are other ones than those of each batch by itself, in values or
 * gradients. Tried on small batches: what a method computes tells more than what it might say of itself.
 */
export function relatesExamples(tf: TensorFlow, objective: Objective, classes: number): boolean {
  return tf.tidy(() => {
    const [first, second] = [drawn(tf, classes, 0), drawn(tf, classes, 1)];
    const both: Drawn = {
      studentLogits: tf.concat2d([first.studentLogits, second.studentLogits], 0),
      teacherLogits: tf.concat2d([first.teacherLogits, second.teacherLogits], 0),
      labels: tf.concat2d([first.labels, second.labels], 0),
    };
    const [a, b, stacked] = [first, second, both].map((batch) => computed(tf, objective, batch));
    return [...stacked!].some(([name, numbers]) => {
      const apart = [...a!.get(name)!, ...b!.get(name)!];
      return numbers.length !== apart.length || numbers.some((value, i) => !Object.is(value, apart[i]));
    });
  });
}

type Drawn = { [Key in 'studentLogits' | 'teacherLogits' | 'labels']: Tensor2D };

/** Numbers without a pattern, so that nothing cancels. */
function drawn(tf: TensorFlow, classes: number, batch: number): Drawn {
  const matrix = (offset: number) =>
    tf.tensor2d(
      Array.from({ length: ROWS * classes }, (_, i) => 3 * Math.sin(12.9898 * (i + 1) + offset + 4 * batch)),
      [ROWS, classes],
    );
  const labels = Array.from({ length: ROWS * classes }, (_, i) =>
    i % classes === (Math.floor(i / classes) + batch) % classes ? 1 : 0,
  );
  return {
    studentLogits: matrix(0.3),
    teacherLogits: matrix(1.7),
    labels: tf.tensor2d(labels, [ROWS, classes]),
  };
}

/** The losses by term, and the gradient of their sum by the student's logits, row by row. */
function computed(
  tf: TensorFlow,
  { method, parameters }: Objective,
  batch: Drawn,
): Map<string, Float32Array> {
  const teacherLogits = method.teacher === 'none' ? null : batch.teacherLogits;
  const losses = (studentLogits: Tensor2D) => {
    const asked: Batch = { ...batch, studentLogits, teacherLogits, ...MIDDLE };
    return Object.entries(method.losses(tf, asked, parameters));
  };
  const sum = (logits: Tensor) =>
    tf.addN(losses(logits as Tensor2D).map(([, each], i) => tf.mul(tf.sum(each), i + 1)));
  const gradient = tf.grad(sum)(batch.studentLogits);
  return new Map([
    ...losses(batch.studentLogits).map(([term, each]) => [term, each.dataSync<'float32'>()] as const),
    ['gradient of all', gradient.dataSync<'float32'>()],
  ]);
}
