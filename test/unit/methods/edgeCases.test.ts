import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { methods, scratchMethod } from '../../../src/methods/catalogue';
import type { TensorFlow } from '../../../src/methods/method';
import { presentVariants } from '../engines/present';
import type { Rows } from './backends';

const edges: [string, Rows, Rows][] = [
  ['a batch of one', [[5, 1, -2]], [[2, 1, 0]]],
  ['two classes', [[3, -1], [0, 2]], [[1, 0], [0.5, 1]]], // prettier-ignore
  ['equal logits', [[1, 1, 1], [0, 0, 0]], [[2, 2, 2], [1, 1, 1]]], // prettier-ignore
  ['student and teacher the same', [[5, 1, -2], [0, 3, 1]], [[5, 1, -2], [0, 3, 1]]], // prettier-ignore
  ['logits of 10,000', [[1e4, -1e4, 0], [0, 1e4, -1e4]], [[-1e4, 1e4, 0], [1e4, 0, -1e4]]], // prettier-ignore
];

describe.each(await presentVariants())('losses at the edges on $title', ({ load }) => {
  let tf: TensorFlow;
  beforeAll(async () => void ({ tf } = await load()));

  const cases = [...methods, scratchMethod].flatMap((method) =>
    edges.flatMap(([title, teacher, student]) =>
      [true, false].map((labelled) => [method.id, title, labelled, method, teacher, student] as const),
    ),
  );

  it.each(cases)('%s, %s, labelled %s: finite, with finite gradients', async (...of) => {
    const [, , labelled, method, teacher, student] = of;
    const softened = Object.hasOwn(method.parameters.shape, 'temperature') ? { temperature: 0.05 } : {};
    const parameters = method.parameters.parse(softened);
    const [z, t] = [tf.tensor2d(student), tf.tensor2d(teacher)];
    const labels = tf.tensor2d(student.map((row) => row.map((_, c) => (labelled && c === 0 ? 1 : 0))));
    const teacherLogits = method.teacher === 'none' ? null : t;
    const losses = (studentLogits: Tensor2D) =>
      method.losses(tf, { studentLogits, teacherLogits, labels, step: 0, totalSteps: 1 }, parameters);
    for (const term of Object.keys(method.terms(parameters))) {
      const loss = tf.tidy(() => losses(z)[term]!.clone());
      const gradient = tf.grad((logits) => tf.sum<Scalar>(losses(logits as Tensor2D)[term]!))(z);
      for (const value of [...(await loss.data<'float32'>()), ...(await gradient.data<'float32'>())])
        expect(value, term).toSatisfy(Number.isFinite);
      for (const value of await loss.data<'float32'>()) expect(value, term).toBeGreaterThan(-1e-5);
      tf.dispose([loss, gradient]);
    }
    tf.dispose([z, t, labels]);
  });

  it.each([...methods, scratchMethod].map((method) => [method.id, method] as const))(
    '%s: logits that are nearly equal have gradients of the usual size',
    async (_, method) => {
      const parameters = method.parameters.parse({});
      const rows = [0, 1e-6, 1e-4, 1e-2].map((scale) => [scale, 0, -scale]);
      const [z, t, labels] = [rows, rows.map(() => [5, 1, -2]), rows.map(() => [1, 0, 0])].map((of) =>
        tf.tensor2d(of),
      );
      const teacherLogits = method.teacher === 'none' ? null : t!;
      for (const term of Object.keys(method.terms(parameters))) {
        const loss = (studentLogits: Tensor2D) =>
          tf.sum<Scalar>(
            method.losses(
              tf,
              { studentLogits, teacherLogits, labels: labels!, step: 0, totalSteps: 1 },
              parameters,
            )[term]!,
          );
        const gradient = tf.grad((logits) => loss(logits as Tensor2D))(z!);
        for (const value of await gradient.data<'float32'>()) expect(Math.abs(value), term).toBeLessThan(30);
        gradient.dispose();
      }
      tf.dispose([z!, t!, labels!]);
    },
  );
});
