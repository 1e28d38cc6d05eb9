import { expect, it } from 'vitest';
import { seedResult } from '../../../src/results/seeds';
import { summarize } from '../../../src/results/summarize';
import { arm, experiment, predictions, run } from './experiment';

it('an arm’s measures are the means of its seeds’', () => {
  const { arms, scratch, teacher } = summarize(experiment());
  for (const of of [arms[0]!, scratch!, teacher!])
    for (const measure of ['agreement', 'klToTeacher', 'nll', 'brier', 'ece'] as const) {
      const values = of.seeds.flatMap((seed) => seed[measure] ?? []);
      if (values.length === 0) expect(of[measure]).toBeNull();
      else expect(of[measure]?.mean).toBeCloseTo(values.reduce((a, b) => a + b, 0) / values.length, 12);
    }
});

it('a seed is held against the teacher of its own seed where there is one', () => {
  const teacher = arm('teacher', [run(0, 0), run(1, 100)]);
  expect(seedResult(run(1, 100), teacher, 'validation').agreement).toBe(1);
  expect(seedResult(run(0, 100), teacher, 'validation').agreement).toBe(0.5);
  expect(seedResult(run(7, 0), teacher, 'validation').agreement).toBe(1);
});

it('a seed that is not finished has no measures', () => {
  const stopped = run(0, 10, { status: 'stopped', validation: predictions(10) });
  expect(seedResult(stopped, null, 'validation')).toMatchObject({ nll: null, ece: null, agreement: null });
});

it('the accuracy of each class is in the summary while it can be read', () => {
  const { arms } = summarize(experiment());
  expect(arms[0]?.perClass).toHaveLength(3);
  expect(arms[0]?.perClass?.every((one) => one !== null && one.mean > 0.8 && one.n === 5)).toBe(true);
});
