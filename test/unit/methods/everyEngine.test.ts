import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { methods, scratchMethod } from '../../../src/methods/catalogue';
import type { Method, TensorFlow } from '../../../src/methods/method';
import { presentVariants } from '../engines/present';
import { relativeDistance, type Rows } from './backends';
import * as exact from './float64';

const TOLERANCE = 1e-5;

const teacher: Rows = [
  [5, 1, -2],
  [0, 3, 1],
  [-1.5, 0.25, 0.5],
];
const student: Rows = [
  [2, 1, 0],
  [1, 0.5, 1],
  [0.5, -2, 3],
];
const labels: Rows = [
  [1, 0, 0],
  [0, 0, 1],
  [0, 1, 0],
];

/** Of one example, from the definition. */
interface Example {
  z: number[];
  t: number[];
  y: number[];
}
/** The losses of a batch: of each example, or a single one. */
type Term = (examples: Example[]) => number[];
const each =
  (loss: (example: Example) => number): Term =>
  (examples) =>
    examples.map(loss);

interface Setting {
  method: string;
  given: Record<string, unknown>;
  /** By term, the loss in float64. */
  terms: Record<string, Term>;
  /** By term, the first of its losses, found elsewhere or by hand. */
  golden: Record<string, number>;
}

const hard: Term = each(({ z, y }) => exact.crossEntropy(y, z));
/** −log softmax([2, 1, 0])₀ = log(1 + e⁻¹ + e⁻²) */
const HARD = 0.4076059644443803;
const kl = (temperature: number, scale: number): Term =>
  each(({ z, t }) => scale * exact.divergence(t, z, temperature));
const soft = (temperature: number, scale: number): Term =>
  each(({ z, t }) => scale * exact.crossEntropy(exact.softmax(t, temperature), z, temperature));
const classOf = (y: number[]) => y.indexOf(1);

const examples = student.map((z, i): Example => ({ z, t: teacher[i]!, y: labels[i]! }));

const settings: Setting[] = [
  {
    method: 'hinton',
    given: { temperature: 4 },
    terms: { distillation: kl(4, 16), student: hard },
    golden: { distillation: 1.8658190873838805, student: HARD },
  },
  {
    method: 'hinton',
    given: { temperature: 2, scaleByT2: false },
    terms: { distillation: kl(2, 1), student: hard },
    golden: { distillation: 0.2881480247147308, student: HARD },
  },
  {
    method: 'hinton',
    given: { temperature: 4, softLoss: 'crossEntropy' },
    terms: { distillation: soft(4, 16), student: hard },
    golden: { distillation: 15.765669221117482, student: HARD },
  },
  {
    method: 'hinton',
    given: { temperature: 1, softLoss: 'crossEntropy', scaleByT2: false },
    terms: { distillation: soft(1, 1), student: hard },
    golden: { distillation: 0.4273654415069337, student: HARD },
  },
  {
    method: 'logitMatching',
    given: {},
    terms: { distillation: each(({ z, t }) => exact.logitDistance(t, z, true)), student: hard },
    // Differences −3, 0, 2 with mean −1/3.
    golden: { distillation: 19 / 3, student: HARD },
  },
  {
    method: 'logitMatching',
    given: { centred: false },
    terms: { distillation: each(({ z, t }) => exact.logitDistance(t, z, false)), student: hard },
    golden: { distillation: 6.5, student: HARD },
  },
  {
    method: 'labelSmoothing',
    given: { epsilon: 0.1 },
    terms: {
      student: each(({ z, y }) =>
        exact.crossEntropy(
          y.map((one) => 0.9 * one + 0.1 / 3),
          z,
        ),
      ),
    },
    // Of −log q = 0.4076, 1.4076, 2.4076 the mean is 1 more than the first.
    golden: { student: HARD + 0.1 },
  },
  {
    method: 'dkd',
    given: { temperature: 4 },
    terms: {
      targetClass: each(({ z, t, y }) => 16 * exact.targetClass(t, z, classOf(y), 4)),
      otherClasses: each(({ z, t, y }) => 16 * exact.otherClasses(t, z, classOf(y), 4)),
      student: hard,
    },
    golden: { targetClass: 1.7047185477170737, otherClasses: 0.45852421362624307, student: HARD },
  },
  {
    method: 'dist',
    given: { temperature: 2 },
    terms: {
      betweenClasses: each(
        ({ z, t }) => 4 * (1 - exact.correlation(exact.softmax(t, 2), exact.softmax(z, 2))),
      ),
      betweenExamples: (examples) => {
        const [p, q] = [
          examples.map(({ t }) => exact.softmax(t, 2)),
          examples.map(({ z }) => exact.softmax(z, 2)),
        ];
        const column = (rows: Rows, c: number) => rows.map((row) => row[c]!);
        const losses = p[0]!.map((_, c) => 1 - exact.correlation(column(p, c), column(q, c)));
        return [(4 * losses.reduce((a, b) => a + b, 0)) / losses.length];
      },
      student: hard,
    },
    golden: { betweenClasses: 0.16043524680921806, betweenExamples: 1.753631702800958, student: HARD },
  },
  {
    method: 'logitStandardization',
    given: { temperature: 2 },
    terms: {
      distillation: each(({ z, t }) => 4 * exact.divergence(exact.standardized(t), exact.standardized(z), 2)),
      student: hard,
    },
    golden: { distillation: 0.0020742741936796392, student: HARD },
  },
  { method: 'hardLabels', given: {}, terms: { student: hard }, golden: { student: HARD } },
];

const all: readonly Method[] = [...methods, scratchMethod];
const methodOf = (id: string) => all.find((method) => method.id === id)!;

it('every term of every method has a formula in float64 and a golden value', () => {
  for (const method of all) {
    const { id, parameters } = method;
    const of = settings.filter((setting) => setting.method === id);
    expect(of.length).toBeGreaterThan(0);
    for (const { terms, golden } of of) {
      expect(Object.keys(terms).sort()).toEqual(
        Object.keys(method.weighting(parameters.parse({})).weights).sort(),
      );
      expect(Object.keys(golden).sort()).toEqual(Object.keys(terms).sort());
    }
  }
});

it('the formulas have the golden values', () => {
  for (const { terms, golden } of settings)
    for (const [term, value] of Object.entries(golden))
      expect(terms[term]!(examples)[0]).toBeCloseTo(value, 12);
});

describe.each(await presentVariants())('the methods on $title', ({ load }) => {
  let tf: TensorFlow;
  beforeAll(async () => void ({ tf } = await load()));

  const named = settings.flatMap((setting) =>
    Object.keys(setting.terms).map(
      (term) => [setting.method, JSON.stringify(setting.given), term, setting] as const,
    ),
  );

  it.each(named)('%s %s: %s has the values and gradients of float64', async (_id, _given, term, setting) => {
    const { values, gradient } = await computed(setting, term);
    const formula = setting.terms[term]!;
    expect(values[0]! / setting.golden[term]!).toBeCloseTo(1, 5);
    const expected = formula(examples);
    expect(values).toHaveLength(expected.length);
    expected.forEach((value, i) =>
      expect(Math.abs(values[i]! - value)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(value))),
    );
    const slopes = exact.finiteDifferences(
      (rows) => formula(examples.map((one, i) => ({ ...one, z: rows[i]! }))).reduce((a, b) => a + b, 0),
      student,
    );
    expect(relativeDistance(gradient, slopes)).toBeLessThan(TOLERANCE);
  });

  /** The losses of a term and the gradient of their sum with respect to the student's logits. */
  async function computed({ method: id, given }: Setting, term: string) {
    const method = methodOf(id);
    const [z, t, y] = [student, teacher, labels].map((rows) => tf.tensor2d(rows));
    const losses = (studentLogits: Tensor2D) =>
      method.losses(
        tf,
        {
          studentLogits,
          teacherLogits: method.teacher === 'none' ? null : t!,
          labels: y!,
          step: 0,
          totalSteps: 1,
        },
        method.parameters.parse(given),
      )[term]!;
    const value = tf.tidy(() => losses(z!));
    const slope = tf.grad((logits) => tf.sum<Scalar>(losses(logits as Tensor2D)))(z!);
    const answer = { values: [...(await value.data())], gradient: (await slope.array()) as Rows };
    tf.dispose([z!, t!, y!, value, slope]);
    return answer;
  }
});
