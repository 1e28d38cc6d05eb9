import { describe, expect, test } from 'vitest';
import {
  axisTicks,
  floor125,
  gridLines,
  linearTicks,
  logTicks,
  project,
  unproject,
} from '../../../webview/chart/axis';
import type { Axis } from '../../../webview/chart/model';

const axis = (part: Partial<Axis>): Axis => ({ scale: 'linear', min: 0, max: 560, tick: String, ...part });

describe('ticks', () => {
  test('are 1, 2 or 5 times a power of ten', () => {
    expect(linearTicks(0, 560, 4)).toEqual([0, 200, 400]);
    expect(linearTicks(70, 100, 4)).toEqual([70, 80, 90, 100]);
    expect(linearTicks(-0.3, 0.3, 8)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  });

  test('of a log axis are 1-2-5 where they fit, else decades, else some of the decades', () => {
    expect(logTicks(0.02, 12, 12)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(logTicks(0.02, 12, 5)).toEqual([0.1, 1, 10]);
    expect(logTicks(1e-8, 1e4, 6)).toEqual([1e-6, 1e-3, 1, 1e3]);
  });

  test('end with the planned step, and none stands so close that it would run into it', () => {
    const planned = axis({ endTick: true });
    expect(axisTicks(planned, 250, 46)).toEqual([0, 200, 400, 560]);
    expect(axisTicks({ ...planned, max: 410 }, 250, 46)).toEqual([0, 200, 410]);
    expect(axisTicks({ ...planned, max: 600 }, 250, 46)).toEqual([0, 200, 400, 600]);
  });

  test('of classes are thinned where there is no room', () => {
    const classes = axis({ ticks: Array.from({ length: 30 }, (_, i) => i) });
    expect(axisTicks(classes, 270, 18)).toHaveLength(15);
  });

  test('a log chart has lines at 1-2-5 even where only decades are labelled', () => {
    const log = axis({ scale: 'log', min: 0.1, max: 10 });
    expect(gridLines(log, [0.1, 1, 10])).toEqual(expect.arrayContaining([0.2, 0.5, 2, 5]));
  });
});

test('floor125 goes down to the next step', () => {
  expect([0.034, 0.02, 7, 1].map(floor125)).toEqual([0.02, 0.02, 5, 1]);
});

test.each(['linear', 'log'] as const)('a pixel and its value belong together on a %s axis', (scale) => {
  const of = axis({ scale, min: 0.01, max: 20 });
  const there = project(of, 300, 10);
  const back = unproject(of, 300, 10);
  for (const value of [0.01, 0.3, 5, 20]) expect(back(there(value))).toBeCloseTo(value, 9);
  expect(there(0.01)).toBeCloseTo(300, 9);
  expect(there(20)).toBeCloseTo(10, 9);
});
