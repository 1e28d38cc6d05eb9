import { count, duration } from '../../src/results/format';
import type { ChartModel } from '../chart/model';
import type { PageState } from '../state';

const shortest = (value: number) => String(Number(value.toPrecision(3)));

/** From 0 to the planned end, so that the remaining steps are visible as empty space. */
export function stepAxis(end: number, unit: PageState['xUnit']): ChartModel['x'] {
  const say = { step: count, epoch: shortest, time: duration }[unit];
  return { scale: 'linear', min: 0, max: end, endTick: true, name: unit, tick: say, format: say };
}
