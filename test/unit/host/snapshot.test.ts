import { describe, expect, it } from 'vitest';
import { problemOf, problemsOf } from '../../../src/host/panel/problems';
import { drawnRuns, shownRun } from '../../../src/host/panel/selection';
import { buildSnapshot, stateText } from '../../../src/host/panel/snapshot';
import { planDone, planLeft } from '../../../src/host/store/time';
import type { RunEvent } from '../../../src/runs/files';
import { endEvent, stepEvent } from '../../fixtures/runFolders';
import { experimentView, runView } from './views';

const start: RunEvent = {
  event: 'start',
  time: 0,
  attempt: 1,
  pid: 1,
  host: 'h',
  step: 0,
  parameters: 1210,
};
const stepsTo = (last: number, every = 10): RunEvent[] => [
  start,
  ...Array.from({ length: last }, (_, i) => stepEvent(i + 1, every * (i + 1), 1 / (i + 1))),
];
const around = {
  trusted: true,
  smoothing: 0.9,
  stopGrace: 10,
  now: 60_000,
  details: null,
  laboratory: null,
  laboratoryRead: true,
  example: null,
  classes: null,
  others: [],
  answers: 0,
};
const auto = { run: null, overlays: [] };
const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('the run that is shown', () => {
  const runs = [
    runView({ arm: 'teacher', status: 'finished', accuracy: 0.97 }),
    runView({ arm: 'scratch', status: 'finished', accuracy: 0.9 }),
    runView({ seed: 0, status: 'finished', accuracy: 0.94 }),
    runView({ seed: 1, status: 'running' }),
  ];

  it('follows the plan until a person chooses', () => {
    const view = experimentView(runs);
    expect(shownRun(view, auto)).toBe(runs[3]);
    expect(shownRun(view, { run: runs[1]?.id ?? null, overlays: [] })).toBe(runs[1]);
    expect(shownRun(view, { run: 'gone', overlays: [] })).toBe(runs[3]);
  });

  it('stays with the primary arm while others train, and goes on with its newest seed', () => {
    const at = (seed: number, time: number) =>
      runView({ seed, status: 'finished', accuracy: 0.9, state: { time } });
    const [first, second] = [at(0, 1e12), at(1, 1e12 + 5000)];
    const scratch = runView({ arm: 'scratch', seed: 2, status: 'running' });
    const other = runView({ arm: 'other', seed: 2, status: 'running' });
    const all = [first, second, scratch, other, runView({ seed: 2 })];
    expect(shownRun(experimentView(all, { state: 'running' }), auto)).toBe(second);
    expect(shownRun(experimentView(all, { state: 'finished' }), auto)).toBe(first);
  });

  it('is of the primary arm when all is done, and the teacher while only that trains', () => {
    const done = experimentView(runs.slice(0, 3));
    expect(shownRun(done, auto)).toBe(runs[2]);
    const teacher = runView({ arm: 'teacher', status: 'running' });
    expect(shownRun(experimentView([runView(), teacher]), auto)).toBe(teacher);
  });
});

describe('the curves', () => {
  const runs = [0, 1, 2].flatMap((seed) => [
    runView({ arm: 'scratch', seed, status: 'finished' }),
    runView({ seed, status: 'finished' }),
  ]);
  const old = runView({ arm: 'kd', seed: 9, status: 'finished', planned: false });
  const view = experimentView([...runs, runView({ seed: 3 }), old]);

  it('are the run’s, then its counterpart’s, then other seeds of both, then overlays', () => {
    const drawn = drawnRuns(view, { run: runs[3]?.id ?? null, overlays: [old.id] });
    expect(drawn.map(({ role }) => role)).toEqual([
      'shown',
      'counterpart',
      'otherSeed',
      'otherSeed',
      'otherSeed',
      'otherSeed',
      'overlay',
    ]);
    expect(drawn[0]?.run).toBe(runs[3]);
    expect(drawn[1]?.run).toBe(runs[2]);
    expect(drawn.at(-1)?.run).toBe(old);
  });

  it('of scratch have the primary arm beside them', () => {
    const drawn = drawnRuns(view, { run: runs[0]?.id ?? null, overlays: [] });
    expect(drawn[1]).toMatchObject({ role: 'counterpart', run: runs[1] });
  });

  it('of a sweep over widths have the scratch of their own width beside them, and fresh seeds theirs', () => {
    const arm = (slug: string, pairedWith: string | null, primary = false) => ({
      slug,
      title: slug,
      scratch: pairedWith === null,
      primary,
      pairedWith,
    });
    const arms = [
      arm('scratch', null),
      arm('scratch-8', null),
      arm('scratch-fresh', null),
      arm('kd', 'scratch', true),
      arm('kd-8', 'scratch-8'),
      arm('kd-fresh', 'scratch-fresh'),
    ];
    const kindOf = ({ pairedWith }: (typeof arms)[number]): 'scratch' | 'distilled' =>
      pairedWith === null ? 'scratch' : 'distilled';
    const runs = arms.map((one) => ({
      ...runView({ arm: one.slug, seed: one.slug.includes('fresh') ? 100 : 0, status: 'finished' }),
      kind: kindOf(one),
    }));
    const swept = experimentView(runs, { arms: arms as unknown as typeof view.arms });
    const beside = (slug: string) => {
      const shown = runs.find(({ spec }) => spec?.arm?.slug === slug)!;
      const found = drawnRuns(swept, { run: shown.id, overlays: [] });
      return found.find(({ role }) => role === 'counterpart')?.run.spec?.arm?.slug;
    };
    expect(['kd', 'kd-8', 'kd-fresh', 'scratch', 'scratch-8', 'scratch-fresh'].map(beside)).toEqual([
      ...['scratch', 'scratch-8', 'scratch-fresh'],
      ...['kd', 'kd-8', 'kd-fresh'],
    ]);
  });

  it('of other seeds are drawn with fewer points, and keep their extremes', () => {
    const long = [0, 1].map((seed) => runView({ seed, status: 'finished', events: stepsTo(1500) }));
    const [shown, other] = buildSnapshot(experimentView(long), auto, around).curves;
    expect(shown?.total.x).toHaveLength(1500);
    expect(other?.role).toBe('otherSeed');
    expect(other?.total.x.length).toBeLessThanOrEqual(100);
    expect(other?.seconds.x).toEqual(other?.total.x);
    expect(Math.max(...(other?.total.y.map(Number) ?? []))).toBe(1.9);
  });

  it('mark where a run failed on a number', () => {
    const run = runView({
      status: 'failed',
      events: [...stepsTo(36), endEvent('failed', 37, 'The distillation loss became NaN at step 37.', 'nan')],
    });
    expect(buildSnapshot(experimentView([run]), auto, around).curves[0]?.failedAt).toBe(37);
  });
});

describe('a snapshot', () => {
  it('names experiment and runs as the summary does, and gives T and both weights', () => {
    const run = runView({ status: 'running', events: stepsTo(400) });
    const snapshot = buildSnapshot(experimentView([run], { state: 'running' }), auto, around);
    expect(snapshot.shown).toBe(run.folder);
    expect(snapshot.runs.map(({ title }) => title)).toEqual(['kd · seed 0']);
    expect(snapshot.temperature).toEqual({
      used: 4,
      balance: { distillationWeight: 0.9, studentWeight: 0.1 },
    });
    expect(snapshot.data).toBe('digits 8×8');
    expect(snapshot.progress[0]).toMatchObject({ step: 400, steps: 800, left: 4, examplesPerSecond: 5000 });
    expect(snapshot.planDone).toBe(0.5);
    expect(plain(snapshot.stateText)).toBe('running · 0 of 1 training done · 0:04 left');
  });

  it('has scratch of the same seed beside teacher and student on each probe, by its row', () => {
    const probe = (logits: number[][]): RunEvent => ({ event: 'probe', time: 0, step: 1, logits });
    const examples = (...rows: number[]) => ({
      schemaVersion: 1,
      shape: [2],
      examples: rows.map((row) => ({ row, label: 0, input: [0, 1], teacherLogits: [row, 1] })),
    });
    const run = {
      ...runView({
        events: [
          probe([
            [1, 2],
            [3, 4],
          ]),
        ],
      }),
      probes: examples(7, 9),
    };
    const scratch = {
      ...runView({
        arm: 'scratch',
        events: [
          probe([
            [5, 6],
            [7, 8],
          ]),
        ],
      }),
      probes: examples(9, 11),
    };
    const { probes } = buildSnapshot(experimentView([run, scratch]), { run: run.id, overlays: [] }, around);
    expect(probes.map((one) => [one.row, one.teacher, one.student, one.scratch])).toEqual([
      [7, [7, 1], [1, 2], null],
      [9, [9, 1], [3, 4], [5, 6]],
    ]);
  });

  it('survives the way to the page as it is', () => {
    const view = experimentView([runView({ status: 'running', events: stepsTo(50) })]);
    const snapshot = buildSnapshot(view, auto, around);
    expect(structuredClone(snapshot)).toEqual(snapshot);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it('says how long a stop takes', () => {
    const text = stateText(experimentView([runView()], { state: 'stopping' }), around);
    expect(plain(text)).toBe(
      'Stopping after the current step. Processes still running after 10 s are ended.',
    );
  });
});

describe('the time left for a plan', () => {
  it('counts what runs and what waits, over as many trainers as are at work', () => {
    const running = [0, 1].map((seed) => runView({ seed, status: 'running', events: stepsTo(400) }));
    const waiting = [2, 3].map((seed) => runView({ seed }));
    const done = runView({ seed: 4, status: 'finished', accuracy: 0.9 });
    const view = experimentView([...running, ...waiting, done]);
    // 2 × 4 s run, 2 × 3.1 s wait (as the finished one took), on two trainers.
    expect(planLeft(view)).toBeCloseTo((8 + 6.2) / 2);
    expect(planDone(view)).toBeCloseTo((0.5 + 0.5 + 1) / 5);
  });

  it('is not guessed before a pace is known', () => {
    expect(planLeft(experimentView([runView({ status: 'running' })]))).toBeNull();
    expect(planLeft(experimentView([runView()]))).toBeNull();
  });
});

describe('problems', () => {
  const actions = (problem: ReturnType<typeof problemOf>) => problem?.actions.map(({ title }) => title);

  it('say what failed in the first line, and keep the rest beside it', () => {
    const run = runView({
      status: 'failed',
      state: { message: 'The trainer ended with code 1.\nError: boom\n  at x', cause: 'exit' },
    });
    const problem = problemOf(run, 0);
    expect(problem?.text).toBe('kd · seed 0: The trainer ended with code 1.');
    expect(problem?.details).toBe('Error: boom\n  at x');
    expect(actions(problem)).toEqual(['Open Config', 'Show Log']);
  });

  it('offer to resume what was killed or interrupted', () => {
    const killed = runView({ status: 'failed', state: { message: 'Ended.', cause: 'signal' } });
    const cut = runView({
      status: 'interrupted',
      state: { step: 512 },
      events: [
        ...stepsTo(400),
        { event: 'checkpoint', time: 1, step: 350, file: '350.ckpt', selected: false },
      ],
    });
    expect(actions(problemOf(killed, 0))?.[0]).toBe('Resume');
    expect(actions(problemOf(cut, 0))?.[0]).toBe('Resume');
    expect(plain(problemOf(cut, 0)?.text ?? '')).toBe(
      'kd · seed 0: Interrupted at 64 %: its process is no longer running. There is a checkpoint from step 350.',
    );
  });

  it('notice a run that fell silent, by its own pace', () => {
    const run = runView({ status: 'running', events: stepsTo(100, 100) });
    expect(problemOf(run, 10_000 + 44_000)).toBeNull();
    expect(plain(problemOf(run, 10_000 + 46_000)?.text ?? '')).toBe(
      'kd · seed 0: no event for 46 s; a step usually takes 0.1 s.',
    );
    const slow = runView({ status: 'running', events: stepsTo(10, 10_000) });
    expect(problemOf(slow, 100_000 + 60_000)).toBeNull();
  });

  it('leave out runs that the file no longer asks for', () => {
    const old = runView({ status: 'failed', planned: false, state: { message: 'x', cause: 'exit' } });
    expect(problemsOf(experimentView([old]), 0)).toEqual([]);
  });
});
