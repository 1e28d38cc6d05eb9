import { describe, expect, it } from 'vitest';
import { RunHistory } from '../../../src/host/store/history';
import { Pace } from '../../../src/host/store/pace';
import type { RunEvent } from '../../../src/runs/files';

const start = (attempt: number, step: number, time: number): RunEvent => ({
  event: 'start',
  time,
  attempt,
  step,
  pid: 7,
  host: 'here',
  parameters: 1210,
});
const stepAt = (step: number, time: number, loss = 1 / step): RunEvent => ({
  event: 'step',
  time,
  step,
  epoch: step / 10,
  learningRate: 0.01,
  raw: { distillation: 2 * loss, student: loss },
  weighted: { distillation: 1.8 * loss, student: 0.1 * loss },
  total: 1.9 * loss,
});

describe('the history of a run', () => {
  it('draws both losses, raw and weighted, over steps and seconds', () => {
    const history = new RunHistory();
    history.apply(start(1, 0, 1000));
    for (let step = 1; step <= 5; step++) history.apply(stepAt(step, 1000 + step * 100));
    const lines = history.lines();
    expect(lines.raw['distillation']).toEqual({ x: [1, 2, 3, 4, 5], y: [2, 1, 2 / 3, 0.5, 0.4] });
    expect(lines.weighted['student']?.y[0]).toBeCloseTo(0.1);
    expect(lines.seconds).toEqual({ x: [1, 2, 3, 4, 5], y: [0.1, 0.2, 0.3, 0.4, 0.5] });
    expect(history.latestRaw).toEqual({ distillation: 0.4, student: 0.2 });
  });

  it('takes back the steps that a resumed attempt does again', () => {
    const history = new RunHistory();
    history.apply(start(1, 0, 0));
    for (let step = 1; step <= 9; step++) history.apply(stepAt(step, step * 10, 100));
    history.apply(start(2, 5, 60_000));
    expect(history.lines().total.x).toEqual([1, 2, 3, 4, 5]);
    history.apply(stepAt(6, 60_010, 1));
    expect(history.lines().total).toEqual({ x: [1, 2, 3, 4, 5, 6], y: [190, 190, 190, 190, 190, 1.9] });
    expect(history.attempt).toBe(2);
  });

  it('keeps seconds in step with a total that was reduced', () => {
    const history = new RunHistory();
    history.apply(start(1, 0, 0));
    for (let step = 1; step <= 20_000; step++) history.apply(stepAt(step, step * 5, Math.sin(step)));
    const { total, seconds } = history.lines();
    expect(seconds.x).toEqual(total.x);
    expect(total.x.length).toBeLessThanOrEqual(2000);
    total.x.forEach((step, i) => expect(seconds.y[i]).toBeCloseTo(step * 0.005, 6));
  });

  it('forgets an end when a new attempt begins', () => {
    const history = new RunHistory();
    history.apply(start(1, 0, 0));
    history.apply({ event: 'end', time: 5, step: 3, status: 'failed', message: 'NaN', cause: 'nan' });
    expect(history.end?.cause).toBe('nan');
    history.apply(start(2, 0, 10));
    expect(history.end).toBeNull();
  });
});

describe('the time left', () => {
  it('is the median step times the steps to go, so that one pause does not move it', () => {
    const pace = new Pace();
    pace.restart(0, 0);
    let time = 0;
    for (let step = 1; step <= 60; step++) pace.step((time += step === 40 ? 60_000 : 100), step);
    expect(pace.perStep).toBe(100);
    expect(pace.secondsLeft(160)).toBe(10);
  });

  it('is not said before 5 % of the steps or 3 s', () => {
    const pace = new Pace();
    pace.restart(0, 0);
    for (let step = 1; step <= 4; step++) pace.step(step * 100, step);
    expect(pace.secondsLeft(100)).toBeNull();
    pace.step(500, 5);
    expect(pace.secondsLeft(100)).toBeCloseTo(9.5);

    const slow = new Pace();
    slow.restart(0, 0);
    slow.step(1500, 1);
    expect(slow.secondsLeft(1000)).toBeNull();
    slow.step(3000, 2);
    expect(slow.secondsLeft(1000)).toBeCloseTo(1497);
  });

  it('counts from where a resumed run goes on', () => {
    const pace = new Pace();
    pace.restart(0, 500);
    pace.step(100, 501);
    expect(pace.secondsLeft(1000)).toBeNull();
  });
});
