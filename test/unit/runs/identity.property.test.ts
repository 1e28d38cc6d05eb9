import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../src/config/resolved';
import { findMethod } from '../../../src/methods/catalogue';
import { methodRecipe } from '../../../src/runs/identity';
import { planExperiment, type PlanFacts } from '../../../src/runs/plan';
import { experiment, facts, makeExperiment, numerics, student, teacher, temporaryFolder } from './fixtures';

fc.configureGlobal({ seed: 0 });

type Files = NonNullable<Parameters<typeof makeExperiment>[1]>;

const identities = (files: Files = {}, about: PlanFacts = facts, used = numerics) => {
  const { items } = planExperiment(makeExperiment(temporaryFolder(), files), about, used);
  const of = (id: string) => items.find((item) => item.id === id)?.identity;
  return {
    teacher: of('teacher'),
    scratch: of('scratch/seed-0'),
    distilled: items.find((i) => i.arm?.match(/^(kd|x)/))?.identity,
  };
};
const base = () => identities();

const some = fc.stringMatching(/^[a-z][a-z0-9 ]{0,12}$/);

/** The same value with the keys of every object in another order. */
function reordered(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((one) => reordered(one, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [random(), key, reordered(inner, random)] as const,
  );
  return Object.fromEntries(entries.sort((a, b) => a[0] - b[0]).map(([, key, inner]) => [key, inner]));
}

describe('the version of a method', () => {
  const method = { id: 'hinton', parameters: { temperature: 4 }, weights: { distillation: 1 } };

  it('is not in a recipe while it is 1, as in those from before there were versions', () => {
    expect(methodRecipe({ version: 1 }, method)).toStrictEqual(method);
    expect(methodRecipe({ version: 2 }, method)).toStrictEqual({ ...method, version: 2 });
  });

  it('gives runs of the method another identity, and no others', () => {
    const before = base();
    const hinton = findMethod('hinton')! as { version: number };
    hinton.version = 2;
    const after = base();
    hinton.version = 1;
    expect(after.distilled).not.toBe(before.distilled);
    expect(after).toMatchObject({ teacher: before.teacher, scratch: before.scratch });
    expect(base()).toEqual(before);
  });
});

describe('identity', () => {
  it('does not change with names, lists, reporting or the order of keys', () => {
    const expected = base();
    fc.assert(
      fc.property(
        some,
        some,
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 2 ** 31 }),
        (name, description, seeds, minGain, shuffle) => {
          let state = shuffle;
          const random = () => (state = (state * 1103515245 + 12345) % 2 ** 31);
          const changed = reordered(
            {
              experiment: {
                ...experiment,
                description,
                seeds,
                minGain,
                primary: `x ${name}`,
                arms: [{ ...experiment.arms[0], name: `x ${name}` }],
              },
              teacher,
              student,
            },
            random,
          ) as Files;
          expect(identities({ ...changed, name: `n${seeds}` })).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does not change with where the experiment lies, or what the files of teacher and student are called', () => {
    const made = makeExperiment(temporaryFolder());
    const moved: Experiment = {
      ...made,
      file: '/elsewhere/other.distill.json',
      root: '/elsewhere',
      runsFolder: '/elsewhere/runs/other',
      teachersFolder: '/elsewhere/runs/teachers',
      name: 'other',
      teacher: { ...made.teacher, file: '/elsewhere/t.json', name: 'huge' },
      student: { ...made.student, file: '/elsewhere/s.json', name: 'tiny' },
    };
    const of = (e: Experiment) => planExperiment(e, facts, numerics).items.map((item) => item.identity);
    expect(of(moved)).toEqual(of(made));
  });

  const training = (change: object) => ({ ...student, training: { ...student.training, ...change } });
  const arm = (change: object) => ({ experiment: { arms: [{ ...experiment.arms[0], ...change }] } });
  const changesOfStudents: [string, Files][] = [
    [
      'units',
      {
        student: {
          ...student,
          layers: [
            { type: 'dense', units: 9 },
            { type: 'dense', units: 10 },
          ],
        },
      },
    ],
    [
      'activation',
      { student: { ...student, layers: [{ ...student.layers[0], activation: 'tanh' }, student.layers[1]] } },
    ],
    [
      'layer name',
      { student: { ...student, layers: [{ ...student.layers[0], name: 'h' }, student.layers[1]] } },
    ],
    ['epochs', { student: training({ epochs: 11 }) }],
    ['batch size', { student: training({ batchSize: 50 }) }],
    ['optimizer', { student: training({ optimizer: { type: 'sgd' } }) }],
    ['learning rate', { student: training({ optimizer: { type: 'adam', learningRate: 0.01 } }) }],
    ['weight decay', { student: training({ optimizer: { type: 'adam', weightDecay: 0.1 } }) }],
    ['schedule', { student: training({ schedule: { type: 'constant' } }) }],
    ['warm-up', { student: training({ schedule: { type: 'cosine', warmup: 5 } }) }],
    ['augmentation', { student: training({ augmentation: [{ type: 'noise' }] }) }],
    ['early stopping', { student: training({ earlyStopping: {} }) }],
  ];
  it.each(changesOfStudents)('of every student changes with %s, the teacher’s does not', (_, files) => {
    const [before, after] = [base(), identities(files)];
    expect(after.scratch).not.toBe(before.scratch);
    expect(after.distilled).not.toBe(before.distilled);
    expect(after.teacher).toBe(before.teacher);
  });

  // Beside an arm of all classes, whose scratch is trained then.
  const someClasses: Files = {
    experiment: {
      arms: [{ ...experiment.arms[0], name: 'x', transferClasses: { without: ['3'] } }, experiment.arms[0]],
    },
  };
  const changesOfArms: [string, Files][] = [
    ['temperature', arm({ temperature: 5 })],
    ['alpha', arm({ alpha: 0.8 })],
    ['beta', arm({ beta: 0.1 })],
    ['soft loss', arm({ softLoss: 'crossEntropy' })],
    ['scale by T²', arm({ scaleByT2: false })],
    ['transfer set', arm({ transferSet: 'all' })],
    ['classes of the transfer set', someClasses],
    ['logits that are kept', { experiment: { softTargets: { topK: 3 } } }],
    ['method', { experiment: { arms: [{ method: 'logitMatching', name: 'x' }] } }],
    [
      'teacher’s units',
      { teacher: { ...teacher, layers: [{ type: 'dense', units: 33 }, teacher.layers[1]] } },
    ],
    ['teacher’s steps', { teacher: { ...teacher, training: { steps: 61 } } }],
    ['teacher’s seed', { teacher: { ...teacher, seed: 1 } }],
  ];
  it.each(changesOfArms)('of the distilled changes with the %s, scratch’s does not', (_, files) => {
    const [before, after] = [base(), identities(files)];
    expect(after.distilled).toBeDefined();
    expect(after.distilled).not.toBe(before.distilled);
    expect(after.scratch).toBe(before.scratch);
  });

  const counts = facts.data.counts;
  const withData = (change: Partial<PlanFacts['data']>): PlanFacts => ({
    ...facts,
    data: { ...facts.data, ...change },
  });
  const split = (change: object): Files => ({
    experiment: { data: { ...experiment.data, split: { ...experiment.data.split, ...change } } },
  });
  it.each<[string, Files, PlanFacts, typeof numerics]>([
    ['data', {}, withData({ hash: 'e'.repeat(64) }), numerics],
    ['training part', {}, withData({ counts: { ...counts, train: 999 } }), numerics],
    ['validation part', {}, withData({ counts: { ...counts, validation: 296 } }), numerics],
    ['test part', {}, withData({ counts: { ...counts, test: 499 } }), numerics],
    ['split seed', split({ seed: 1 }), facts, numerics],
    ['stratification', split({ stratified: false }), facts, numerics],
    ['engine', {}, facts, { ...numerics, engine: 'plain' }],
    ['threads', {}, facts, { ...numerics, threads: 2 }],
    ['engine version', {}, facts, { ...numerics, version: '4.23.0' }],
  ])('of every run changes with the %s', (_, files, about, used) => {
    const [before, after] = [base(), identities(files, about, used)];
    for (const who of ['teacher', 'scratch', 'distilled'] as const) expect(after[who]).not.toBe(before[who]);
  });

  it.each<[string, PlanFacts]>([
    ['count of labels', withData({ counts: { ...counts, labelled: 99 } })],
    ['labelled rows of a file', withData({ labelFileHash: 'f'.repeat(64) })],
  ])('of the students changes with the %s', (_, about) => {
    const [before, after] = [base(), identities({}, about)];
    expect(after.scratch).not.toBe(before.scratch);
    expect(after.distilled).not.toBe(before.distilled);
    expect(after.teacher).toBe(before.teacher);
  });
});
