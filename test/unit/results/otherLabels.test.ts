import { expect, it } from 'vitest';
import { summarize } from '../../../src/results/summarize';
import { arm, experiment, opened, run } from './experiment';

const seeds = [0, 1, 2, 3, 4];
const input = experiment();
const teacher = (labelled: number | null) => ({ ...input.teacher!, labelled });
const said = (more: Parameters<typeof experiment>[0]) => {
  const { comparisons, offers } = summarize(experiment(more));
  return { sentence: comparisons[0]!.sentence, offers };
};
const also = '; the teacher’s other 900 labels also influenced the student.';

it('the sentence says how many labels also influenced the student through the teacher, and an arm with all of them is offered', () => {
  const { sentence, offers } = said({ teacher: teacher(1000) });
  expect(sentence).toContain(also);
  expect(offers).toEqual([
    {
      id: 'allLabels',
      text: 'Scratch had 100 of the 1,000 labels that the teacher learned from. The same student with all 1,000 labels, alone and distilled, shows what soft targets add to labels.',
    },
  ]);
});

it.each([
  ['the teacher learned from the same labels', teacher(100)],
  ['nobody knows what a saved teacher learned from', teacher(null)],
  ['there is no teacher', null],
])('neither is there where %s', (_, of) => {
  const { sentence, offers } = said({ teacher: of });
  expect(sentence).not.toContain('labels');
  expect(offers).toEqual([]);
});

it('nor of an arm that asks no teacher', () => {
  const smoothing = { ...input.arms[0]!, softTargets: 'none' as const };
  const { sentence, offers } = said({ teacher: teacher(1000), arms: [smoothing] });
  expect(sentence).not.toContain('labels');
  expect(offers).toEqual([]);
});

it('each arm is held against its own scratch, and what the experiment holds already is not offered', () => {
  const full = { labelled: 1000, scratch: null, temperature: null, softTargets: 'none' } as const;
  const scratches = [
    ...input.scratches,
    arm(
      'scratch-all',
      seeds.map((seed) => run(seed, 30 + seed)),
      full,
    ),
  ];
  const distilled = arm(
    'kd-all',
    seeds.map((seed) => run(seed, 20 + seed)),
    { labelled: 1000, scratch: 'scratch-all' },
  );
  const { comparisons, offers } = summarize(
    opened({ ...input, teacher: teacher(1000), scratches, arms: [...input.arms, distilled] }),
  );
  expect(comparisons.map(({ sentence }) => sentence.includes('other 900 labels'))).toEqual([true, false]);
  expect(offers).toEqual([]);
});

it('is not offered before the plan is done', () => {
  const running = { ...input.arms[0]!, runs: [run(0, 20, { status: 'running', test: null })] };
  expect(said({ teacher: teacher(1000), arms: [running] }).offers).toEqual([]);
});
