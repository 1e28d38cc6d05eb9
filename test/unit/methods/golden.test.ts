import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Method } from '../../../src/methods/method';
import { findMethod } from '../../../src/methods/catalogue';
import { backends, evaluate, mean, relativeDistance, tf, use, type Rows } from './backends';

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

/** Golden value, method, parameters, term. */
const cases: [string, string, object, string][] = [
  ['mdistiller kd_loss T=4', 'hinton', { temperature: 4 }, 'distillation'],
  ['PyTorch tutorial T2*CE', 'hinton', { temperature: 4, softLoss: 'crossEntropy' }, 'distillation'],
  ['hard CE', 'hinton', {}, 'student'],
  ['hard CE', 'logitMatching', {}, 'student'],
  ['hard CE', 'hardLabels', {}, 'student'],
  ['logit MSE (Ba&Caruana 1/(2N) sum||.||^2)', 'logitMatching', { centred: false }, 'distillation'],
  ['LS eps=.1 torch', 'labelSmoothing', { epsilon: 0.1 }, 'student'],
];

/** Mean over the batch of one term, and its gradient. */
function batchLoss(method: Method, parameters: object, term: string) {
  const { values, gradient } = evaluate(student, (studentLogits) => {
    const losses = method.losses(
      tf,
      {
        studentLogits,
        teacherLogits: method.teacher === 'none' ? null : tf.tensor2d(teacher),
        labels: tf.tensor2d(labels),
        step: 0,
        totalSteps: 1,
      },
      method.parameters.parse(parameters),
    );
    return losses[term]!;
  });
  return { loss: mean(values), gradient: gradient.map((row) => row.map((v) => v / student.length)) };
}

describe.each(backends)('golden values on %s', (backend) => {
  beforeAll(() => use(backend));

  it.each(cases)('%s = %s %j, term %s', (name, id, parameters, term) => {
    const expected = golden[name]!;
    expect(expected.ours).toBe(true);
    const { loss, gradient } = batchLoss(findMethod(id)!, parameters, term);
    expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(1e-5);
    if (expected.grad) expect(relativeDistance(gradient, expected.grad)).toBeLessThan(1e-5);
  });

  it('every term of every method is checked', () => {
    for (const id of ['hinton', 'logitMatching', 'labelSmoothing', 'hardLabels'])
      for (const term of Object.keys(findMethod(id)!.weights(findMethod(id)!.parameters.parse({}))))
        expect(cases.some((c) => c[1] === id && c[3] === term)).toBe(true);
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
