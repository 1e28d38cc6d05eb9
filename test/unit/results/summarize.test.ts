import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { summarize } from '../../../src/results/summarize';
import { arm, experiment, look, predictions, queued, run } from './experiment';

const seeds = [0, 1, 2, 3, 4];

describe('a finished experiment', () => {
  const summary = summarize(experiment());

  it('shows the test set: accuracies, errors, agreement and cost', () => {
    expect(summary).toMatchObject({ part: 'test', complete: true, looks: 1 });
    expect(summary.planned).toEqual({ seeds: 5, runs: 11, finished: 11 });
    expect(summary.teacher?.test?.mean).toBeCloseTo(0.95, 12);
    expect(summary.scratch).toMatchObject({
      testErrors: 42,
      parameters: 1210,
      bytes: 4840,
      multiplyAdds: 1184,
      latency: { batch1: { median: 5, p95: 7 }, batch32: { median: 32, p95: 52 } },
      peakMemory: { training: 150e6 + 4, inference: 120e6 },
      trainingSeconds: 2,
      cpuSeconds: 3,
    });
    expect(summary.arms[0]?.test?.mean).toBeCloseTo(1 - 22 / 200, 12);
    expect(summary.arms[0]?.test?.sd).toBeCloseTo(Math.sqrt(2.5) / 200, 12);
    // Where the teacher is wrong, the first ten, every student is wrong in the same way.
    expect(summary.arms[0]?.agreement?.mean).toBeCloseTo(1 - 12 / 200, 12);
    expect(summary.teacher?.agreement).toBeNull();
  });

  it('measures its probabilities, and what one temperature, fitted on validation, makes of them', () => {
    const [kd] = summary.arms;
    // A row has a logit of 4 and two of 0: the answer has the probability p, the two others q.
    const [p, q] = [Math.exp(4) / (Math.exp(4) + 2), 1 / (Math.exp(4) + 2)];
    const wrong = 22 / 200;
    expect(kd?.nll?.mean).toBeCloseTo(-(1 - wrong) * Math.log(p) - wrong * Math.log(q), 6);
    const miss = p ** 2 + (1 - q) ** 2 + q ** 2;
    expect(kd?.brier?.mean).toBeCloseTo((1 - wrong) * ((1 - p) ** 2 + 2 * q ** 2) + wrong * miss, 6);
    expect(kd?.ece?.mean).toBeCloseTo(p - (1 - wrong), 6);
    // Here validation is as test is, so that confidence becomes accuracy.
    expect(kd?.scaled?.ece.mean).toBeLessThan(1e-3);
    expect(kd?.scaled?.temperature.mean).toBeGreaterThan(1);
    expect(kd?.scaled?.nll.mean).toBeLessThan(kd!.nll!.mean);
    expect(kd?.klToTeacher?.mean).toBeGreaterThan(0);
    expect(summary.teacher?.klToTeacher).toBeNull();
  });

  it('pairs by seed and closes a share of the gap', () => {
    const [comparison] = summary.comparisons;
    expect(comparison?.perSeed.map((one) => one.seed)).toEqual(seeds);
    for (const { difference } of comparison!.perSeed) expect(difference).toBeCloseTo(0.1, 12);
    expect(comparison?.mean).toBeCloseTo(0.1, 12);
    expect(comparison?.gapClosed).toBeCloseTo(20 / 32, 12);
    expect(comparison).toMatchObject({
      arm: 'kd-t4',
      scratch: 'scratch',
      primary: true,
      pHolm: null,
      look: 1,
    });
    expect(comparison?.verdict).toBe('BEATS');
  });

  it('passes its five checks', () => {
    expect(summary.checks).toEqual([
      { text: 'same steps and seeds', state: 'ok' },
      { text: '5 of 5 paired seeds', state: 'ok' },
      { text: 'T, α set before the test set was opened', state: 'ok' },
      { text: 'test set read once', state: 'ok' },
      { text: 'teacher frozen, logits cached', state: 'ok' },
    ]);
  });

  it('does not mind in which order the runs come', () => {
    const input = experiment();
    const [distilled] = input.arms;
    const shuffled = { ...input, arms: [{ ...distilled!, runs: [...distilled!.runs].reverse() }] };
    const { mean, interval, verdict } = summarize(shuffled).comparisons[0]!;
    expect({ mean, interval, verdict }).toEqual({
      mean: summary.comparisons[0]!.mean,
      interval: summary.comparisons[0]!.interval,
      verdict: summary.comparisons[0]!.verdict,
    });
  });
});

describe('an experiment on its way', () => {
  const sealed = { test: null };
  const running = experiment({
    scratch: arm('scratch', [
      run(0, 40, sealed),
      run(1, 41, sealed),
      run(2, 42, sealed),
      queued(3),
      queued(4),
    ]),
    arms: [
      arm(
        'kd-t4',
        [
          run(0, 20, sealed),
          run(1, 31, sealed),
          { ...run(2, 0, sealed), status: 'running', validation: null },
          queued(3),
          queued(4),
        ],
        { primary: true },
      ),
    ],
    looks: [],
    secondsLeft: 8,
  });
  const summary = summarize(running);

  it('fits no temperature while the test set is sealed', () => {
    expect(summary.arms[0]?.scaled).toBeNull();
    expect(summary.arms[0]?.nll?.n).toBe(2);
  });

  it('speaks of validation, of the pairs that are done', () => {
    expect(summary).toMatchObject({ part: 'validation', complete: false });
    const [comparison] = summary.comparisons;
    expect(comparison?.perSeed.map((one) => one.seed)).toEqual([0, 1]);
    expect(comparison).toMatchObject({
      part: 'validation',
      interval: null,
      p: null,
      look: 0,
      verdict: null,
    });
    expect(comparison?.sentence).toMatch(
      /^So far \*\*\+7\.5.pp\*\* on validation, 2 of the 5 planned seeds\./,
    );
    expect(summary.arms[0]?.test).toBeNull();
    expect(summary.checks.map((check) => check.state)).toEqual(['ok', 'pending', 'ok', 'pending', 'ok']);
  });

  it('a run that failed leaves the plan unfinished, although the test set is open for the others', () => {
    const input = experiment();
    const [distilled] = input.arms;
    const failed = distilled!.runs.map((one) =>
      one.seed === 4 ? { ...queued(4), identity: one.identity, status: 'failed' as const } : one,
    );
    const { complete, comparisons } = summarize({ ...input, arms: [{ ...distilled!, runs: failed }] });
    expect(complete).toBe(false);
    expect(comparisons[0]?.sentence).toContain(
      '4 of the 5 planned seeds; 1 run failed. The test set is opened again',
    );
  });

  it('with nothing run yet there is nothing to say, and no harm', () => {
    const fresh = experiment({
      teacher: arm('teacher', [queued(0)]),
      scratch: arm('scratch', seeds.map(queued)),
      arms: [arm('kd-t4', seeds.map(queued), { primary: true })],
      looks: [],
    });
    const empty = summarize(fresh);
    expect(empty.planned.finished).toBe(0);
    expect(empty.comparisons[0]).toMatchObject({ mean: null, gapClosed: null, interval: null });
    expect(empty.comparisons[0]?.sentence).toMatch(/^No pair of seeds is finished yet\./);
  });
});

describe('what makes a comparison unfair', () => {
  it('unequal budgets: no verdict, and a broken check', () => {
    const input = experiment({
      arms: [
        arm(
          'kd-t4',
          seeds.map((seed) => run(seed, 20, { steps: 900 })),
          { primary: true },
        ),
      ],
    });
    const summary = summarize(input);
    expect(summary.comparisons[0]?.sentence).toBe('Scratch ran 800 steps, distilled 900.');
    expect(summary.checks[0]).toEqual({ text: 'same steps and seeds', state: 'broken' });
  });

  it('no scratch: no verdict', () => {
    const summary = summarize(experiment({ scratch: null }));
    expect(summary.comparisons[0]).toMatchObject({ scratch: null, verdict: null });
    expect(summary.comparisons[0]?.sentence).toBe('There is no scratch student to compare with.');
  });

  it('other examples: a sentence that names both runs', () => {
    const other = predictions(20);
    other.labels[0] = 2;
    const input = experiment({
      arms: [
        arm(
          'kd-t4',
          seeds.map((seed) => run(seed, 20, { test: other })),
          { primary: true },
        ),
      ],
    });
    expect(() => summarize(input)).toThrow(UserError);
    expect(() => summarize(input)).toThrow(/were not evaluated on the same examples/);
  });

  it('a second look widens the interval, and a check says so', () => {
    const once = experiment();
    const twice = summarize({ ...once, looks: [...once.looks, ...once.looks] });
    expect(twice.comparisons[0]).toMatchObject({ look: 2, interval: { level: 0.99 } });
    expect(twice.comparisons[0]?.sentence).toMatch(/^Look 2: /);
    expect(twice.checks).toContainEqual({
      text: 'test set read 2 times, for added seeds: the interval is 99 %',
      state: 'ok',
    });
  });

  it('an arm that came after the test set was opened is said to', () => {
    const input = experiment();
    const others = look([
      ['kd-t1', 0],
      ['scratch', 0],
    ]);
    const late = summarize({ ...input, looks: [others, ...input.looks] });
    expect(late.comparisons[0]).toMatchObject({ look: 2, interval: { level: 0.99 } });
    expect(late.checks).toContainEqual({ text: 'T, α set after the test set was opened', state: 'broken' });
  });
});

describe('several arms', () => {
  it('corrects all but the headline’s', () => {
    const nearly = (extra: number) =>
      seeds.map((seed) => run(seed, 38 + seed - extra, { test: predictions(40 + seed - 2, extra) }));
    const input = experiment({
      arms: [
        arm(
          'kd-t4',
          seeds.map((seed) => run(seed, 20 + seed)),
          { primary: true },
        ),
        arm('kd-t1', nearly(0)),
        arm('kd-t8', nearly(3)),
      ],
    });
    const [primary, second, third] = summarize(input).comparisons;
    expect(primary?.pHolm).toBeNull();
    const [low, high] = [second!, third!].sort((a, b) => a.p! - b.p!);
    expect(low!.pHolm).toBeCloseTo(Math.min(1, 2 * low!.p!), 12);
    expect(high!.pHolm).toBeCloseTo(Math.max(high!.p!, low!.pHolm!), 12);
  });
});

it('each seed is compared with its own teacher where there is one for each', () => {
  const teacher = arm('teacher', [run(0, 0), run(1, 20)]);
  const two = { seeds: [0, 1], teacher, scratch: arm('scratch', [run(0, 20), run(1, 20)]) };
  const summary = summarize(
    experiment({ ...two, arms: [arm('kd', [run(0, 20), run(1, 20)], { primary: true })] }),
  );
  expect(summary.arms[0]?.agreement).toMatchObject({ n: 2 });
  expect(summary.arms[0]?.agreement?.mean).toBeCloseTo((0.9 + 1) / 2, 12);
});
