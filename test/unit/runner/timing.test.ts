import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Numerics } from '../../../src/config/numerics';
import type { RunDraft } from '../../../src/runs/plan';
import { fastestNative, type Timing } from '../../../src/runner/timing/fastest';
import { loadsOf, type Load } from '../../../src/runner/timing/loads';
import { RememberedTimes } from '../../../src/runner/timing/remembered';
import { expectedSeconds, otherThreads, usual } from '../../../src/runner/timing/settings';

const numerics: Numerics = {
  engine: 'native',
  version: '4.22.0, libtensorflow 2.15.1',
  variant: 'libtensorflow',
  threads: 8,
  execution: 'graph',
};
const load = (key: string, runs: number, steps: number): Load => ({
  key,
  runs,
  steps,
  draft: {} as unknown as RunDraft,
});

describe('the loads of a plan', () => {
  const draft = (given: Partial<RunDraft>): RunDraft =>
    ({
      steps: 100,
      network: { layers: [] },
      training: { batchSize: 50, optimizer: { type: 'adam', learningRate: 0.1 } },
      method: { id: 'hinton', parameters: { temperature: 4 } },
      data: { inputShape: [64], classes: ['0', '1'], counts: { train: 900, labelled: 100 } },
      transferSet: 'labelled',
      ...given,
    }) as unknown as RunDraft;

  test('are one for all runs of one shape, whatever their seed, temperature or learning rate', () => {
    const drafts = [
      draft({ seed: 0 }),
      draft({ seed: 1, steps: 50 }),
      draft({ method: { id: 'hinton', parameters: { temperature: 9 }, weights: {} } }),
      draft({ transferSet: 'all' }),
      draft({ method: { id: 'hardLabels', parameters: {}, weights: {} } }),
      draft({ steps: 0 }),
    ];
    const loads = loadsOf({ drafts: new Map(drafts.map((one, i) => [String(i), one])) });
    expect(loads.map(({ runs, steps }) => [runs, steps])).toEqual([
      [4, 350],
      [1, 100],
    ]);
  });
});

describe('expected seconds', () => {
  const times = new Map([
    ['teacher', { startSeconds: 2, stepSeconds: 0.1 }],
    ['student', { startSeconds: 1, stepSeconds: 0.01 }],
  ]);
  const loads = [load('teacher', 1, 100), load('student', 8, 8000)];

  test('are those of the chain, divided by the trainings at once', () => {
    const machine = { cores: 8, trainers: 4 };
    expect(expectedSeconds(loads, times, { threads: 2, xla: false }, machine)).toBeCloseTo(12 + 88 / 4);
  });

  test('grow where trainings want the same cores', () => {
    const machine = { cores: 4, trainers: 4 };
    const seconds = expectedSeconds(loads, times, { threads: 4, xla: false }, machine);
    expect(seconds).toBeCloseTo(12 + (88 / 4) * 4);
    // More threads than cores are no more than all of them.
    expect(expectedSeconds(loads, times, { threads: 8, xla: false }, machine)).toBeCloseTo(seconds);
  });

  test('share the cores among trainings where nothing is timed', () => {
    expect(usual({ cores: 8, trainers: 3 }).threads).toBe(2);
    expect(usual({ cores: 2, trainers: 5 }).threads).toBe(1);
    expect(otherThreads({ cores: 8, trainers: 1 }).map(({ threads }) => threads)).toEqual([1, 16]);
    expect(otherThreads({ cores: 8, trainers: 8 }).map(({ threads }) => threads)).toEqual([8]);
  });
});

describe('the fastest setting', () => {
  let storage: string;
  let asked: Numerics[];
  let said: string[];
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), 'distillery-times-'));
    [asked, said] = [[], []];
  });
  afterEach(() => rmSync(storage, { recursive: true }));

  /** A machine on which a step takes so long by threads and variant. */
  const timing = (stepSeconds: (numerics: Numerics) => number, more: Partial<Timing> = {}): Timing => ({
    loads: [load('student', 4, 100_000)],
    trainers: 1,
    cores: 4,
    time: (loads, wanted) => {
      asked.push(wanted);
      const times = { startSeconds: 0, stepSeconds: stepSeconds(wanted) };
      return Promise.resolve(new Map(loads.map(({ key }) => [key, times])));
    },
    log: (sentence) => said.push(sentence),
    remembered: new RememberedTimes(storage),
    ...more,
  });

  test('is the usual one, and nothing more is timed, where little is to be trained', async () => {
    const settled = await fastestNative(
      numerics,
      timing(() => 0.0001),
    );
    expect(settled).toEqual({ numerics: { ...numerics, threads: 4 }, why: '4 threads a training.' });
    expect(asked.map(({ threads }) => threads)).toEqual([4]);
    expect(said).toEqual([]);
  });

  test('is the number of threads, and then XLA, by which all trainings end first', async () => {
    const settled = await fastestNative(
      numerics,
      timing(({ threads, variant }) => 0.01 / threads / (variant === 'libtensorflow-xla' ? 2 : 1)),
    );
    expect(settled.numerics).toEqual({ ...numerics, threads: 8, variant: 'libtensorflow-xla' });
    expect(asked.map(({ threads, variant }) => [threads, variant])).toEqual([
      [4, 'libtensorflow'],
      [1, 'libtensorflow'],
      [8, 'libtensorflow'],
      [8, 'libtensorflow-xla'],
    ]);
    expect(settled.why).toContain('8 threads a training, with XLA.');
    expect(settled.why).toContain('1 thread a training');
    expect(said[0]).toContain('timing what is fastest');
  });

  test('is not changed for a gain as small as noise, nor by what could not be timed', async () => {
    const settled = await fastestNative(
      numerics,
      timing(({ threads }) => (threads === 8 ? 0.0098 : threads === 1 ? NaN : 0.01)),
    );
    expect(settled.numerics).toEqual({ ...numerics, threads: 4 });
    const untimed = await fastestNative(
      numerics,
      timing(() => 1, {
        time: () => Promise.resolve(new Map()),
        remembered: new RememberedTimes(join(storage, 'other')),
      }),
    );
    expect(untimed.numerics.threads).toBe(4);
  });

  test('is remembered: the same shapes are not timed again, on this version', async () => {
    const slow = timing(() => 0.01);
    const first = await fastestNative(numerics, slow);
    const count = asked.length;
    const again = await fastestNative(numerics, { ...slow, remembered: new RememberedTimes(storage) });
    expect(again).toEqual(first);
    expect(asked).toHaveLength(count);
    await fastestNative({ ...numerics, version: 'another' }, slow);
    expect(asked.length).toBeGreaterThan(count);
  });

  test('is found again where what was remembered is damaged', async () => {
    writeFileSync(join(storage, 'times.json'), '{ "a": ');
    const settled = await fastestNative(
      numerics,
      timing(() => 0.0001, { remembered: new RememberedTimes(storage) }),
    );
    expect(settled.numerics.threads).toBe(4);
    expect(asked).toHaveLength(1);
  });
});
