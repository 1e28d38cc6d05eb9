import { count, duration } from '../../src/results/format';
import type { ChartModel } from '../chart/model';
import type { PageState } from '../state';

const shortest = (value: number) => String(Number(value.toPrecision(3)));

/** From 0 to the planned end, so that the remaining steps are visible as empty space. */
export function stepAxis(end: number, unit: PageState['xUnit']): ChartModel['x'] {
  const say = { step: count, epoch: shortest, time: duration }[unit];
  // A time is written in tenths of a second, in seconds, or in minutes.
  const time = end < 9.95 ? 0.1 : end < 3600 ? 1 : 60;
  const leastStep = { step: 1, epoch: 0, time }[unit];
  return { scale: 'linear', min: 0, max: end, endTick: true, leastStep, name: unit, tick: say, format: say };
}
