import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { portableVariants } from '../../../src/engines/portable';
import { methods, scratchMethod } from '../../../src/methods/catalogue';
import type { Method, TensorFlow } from '../../../src/methods/method';
import { logitDistance } from '../../../src/methods/softening';
import { relatesExamples } from './relation';
import { loadPortable } from '../engines/present';
import { distancesKept, withLoss } from './relating';

const given = [{}, { temperature: 1, softLoss: 'crossEntropy' }, { centred: false }, { epsilon: 0.3 }];

describe.each(await portableVariants())('whether losses relate examples, on %s', (variant) => {
  let tf: TensorFlow;
  beforeAll(async () => void ({ tf } = await loadPortable(variant)));

  const relates = (method: Method, written: object, classes: number) => {
    const parameters = method.parameters.parse(written) as Record<string, unknown>;
    return relatesExamples(tf, { method, parameters, weights: {}, totalSteps: 1 }, classes);
  };

  it.each([...methods, scratchMethod].map((method) => [method.id, method] as const))(
    'those of %s do as its terms say',
    (_, method) => {
      for (const written of given) {
        const terms = Object.values(method.terms(method.parameters.parse(written)));
        const declared = terms.some(({ over }) => over === 'batch');
        for (const classes of [2, 3, 10, 37]) expect(relates(method, written, classes)).toBe(declared);
      }
    },
  );

  it.each(
    [
      distancesKept,
      withLoss('aMeanOverTheBatch', (tf, { studentLogits, teacherLogits }) => {
        const each = logitDistance(tf, teacherLogits!, studentLogits, true);
        return tf.div(each, studentLogits.shape[0]);
      }),
      withLoss('aBatchCentred', (tf, { studentLogits, teacherLogits }) =>
        logitDistance(tf, teacherLogits!, tf.sub(studentLogits, tf.mean(studentLogits, 0, true)), false),
      ),
      withLoss('theHardAlone', (tf, { studentLogits, teacherLogits }) => {
        const each = logitDistance(tf, teacherLogits!, studentLogits, true);
        return tf.relu<Tensor1D>(tf.sub<Tensor1D>(each, tf.mean(each)));
      }),
      // Its values are those of single examples, its gradients are not.
      withLoss('aGradientAlone', (tf, { studentLogits }) =>
        tf.sum<Tensor1D>(
          tf.customGrad((x) => ({
            value: tf.square(x as Tensor),
            gradFunc: (dy: Tensor) => tf.mul(dy, tf.sub(x as Tensor, tf.mean(x as Tensor))),
          }))(studentLogits),
          1,
        ),
      ),
      withLoss('growingOverTheTraining', (tf, batch) => {
        const { distillation } = distancesKept.losses(tf, batch, distancesKept.parameters.parse({}));
        return tf.mul<Tensor1D>(distillation!, batch.step / batch.totalSteps);
      }),
    ].map((method) => [method.id, method] as const),
  )('those of %s do', (_, method) => {
    for (const classes of [2, 10]) expect(relates(method, {}, classes)).toBe(true);
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    relates(distancesKept, {}, 3);
    expect(tf.memory().numTensors).toBe(before);
  });
});
