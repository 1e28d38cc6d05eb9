import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Method } from '../../../src/methods/method';
import { findMethod, methods, scratchMethod } from '../../../src/methods/catalogue';
import type { Rank } from '@tensorflow/tfjs-core';
import { backends, evaluate, relativeDistance, tf, use, type Rows } from './backends';

/**
 * Values that the losses of other libraries gave when they were run on one fixture; each key names the library.
 * `ours` marks the definitions that Distillery shares; the others are kept to show where libraries differ.
 */
interface Golden {
  ours: boolean;
  loss: number;
  grad?: Rows;
}
const golden = JSON.parse(readFileSync('test/fixtures/golden.json', 'utf8')) as Record<string, Golden>;

const teacher = [
  [5, 1, -2],
  [0, 3, 1],
];
const student = [
  [2, 1, 0],
  [1, 1, 1],
];
const labels = [
  [1, 0, 0],
  [0, 0, 1],
];

/** Golden value, method, parameters, term; `total`: the weighted sum of all terms. */
const cases: [string, string, object, string][] = [
  ['mdistiller kd_loss T=4', 'hinton', { temperature: 4 }, 'distillation'],
  ['PyTorch tutorial T2*CE', 'hinton', { temperature: 4, softLoss: 'crossEntropy' }, 'distillation'],
  ['hard CE', 'hinton', {}, 'student'],
  ['hard CE', 'logitMatching', {}, 'student'],
  ['hard CE', 'hardLabels', {}, 'student'],
  ['logit MSE (Ba&Caruana 1/(2N) sum||.||^2)', 'logitMatching', { centred: false }, 'distillation'],
  ['LS eps=.1 torch', 'labelSmoothing', { epsilon: 0.1 }, 'student'],
  ['mdistiller dkd a=1 b=8 T=4', 'dkd', { alpha: 1, beta: 8, temperature: 4, studentWeight: 0 }, 'total'],
  ['torchdistill LogitStd alpha=.5 T=2', 'logitStandardization', { alpha: 0.5, temperature: 2 }, 'total'],
  ['torchdistill DIST b=1 g=1 tau=1', 'dist', { studentWeight: 0 }, 'total'],
];

/** The same with a second row that varies: a constant one has no standard deviation. */
const varied = [student[0]!, [1, 0.5, 0.7]];

/** The loss of a batch, and its gradient. */
function batchLoss(method: Method, given: object, term: string) {
  const parameters = method.parameters.parse(given);
  const { weights } = method.weighting(parameters);
  const rows = method.id === 'logitStandardization' ? varied : student;
  const { values, gradient } = evaluate(rows, (studentLogits) => {
    const losses = method.losses(
      tf,
      {
        studentLogits,
        teacherLogits: method.teacher === 'none' ? null : tf.tensor2d(teacher),
        labels: tf.tensor2d(labels),
        step: 0,
        totalSteps: 1,
      },
      parameters,
    );
    const weighted = Object.entries(losses).flatMap(([name, loss]) =>
      term === 'total' || name === term ? [tf.mul(tf.mean(loss), term === 'total' ? weights[name]! : 1)] : [],
    );
    return tf.reshape<Rank.R1>(tf.addN(weighted), [1]);
  });
  return { loss: values[0]!, gradient };
}

describe.each(backends)('golden values on %s', (backend) => {
  beforeAll(() => use(backend));

  it.each(cases)('%s = %s %j, term %s', (name, id, parameters, term) => {
    const expected = golden[name]!;
    // Of DIST, libraries differ from the authors' code by where they add 1e-8; a constant row has no gradient in them.
    expect(expected.ours).toBe(id !== 'dist');
    const { loss, gradient } = batchLoss(findMethod(id)!, parameters, term);
    expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(1e-5);
    if (expected.grad) expect(relativeDistance(gradient, expected.grad)).toBeLessThan(1e-5);
  });

  it('every term of every method is checked', () => {
    for (const method of [...methods, scratchMethod]) {
      const terms = Object.keys(method.terms(method.parameters.parse({})));
      const checked = cases.filter(([, id]) => id === method.id).map(([, , , term]) => term);
      expect(checked.includes('total') || terms.every((term) => checked.includes(term))).toBe(true);
    }
  });

  it('T²·KL comes down to logit matching as T rises', () => {
    const at = (temperature: number) =>
      batchLoss(findMethod('hinton')!, { temperature }, 'distillation').loss;
    expect(at(20)).toBeCloseTo(1.46408, 4);
    expect(at(100)).toBeCloseTo(1.4501, 4);
    expect(at(1000)).toBeCloseTo(1.44505, 4);
    expect(batchLoss(findMethod('logitMatching')!, {}, 'distillation').loss / 3).toBeCloseTo(1.44444, 4);
  });
});
