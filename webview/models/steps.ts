import { count, duration } from '../../src/results/format';
import type { Curves, Line } from '../../src/messages';
import { type ChartModel, indexAt, isNumber } from '../chart/model';
import type { PageState } from '../state';

type Unit = PageState['xUnit'];

/** Seconds at a step, straight between the recorded ones. */
function secondsAt(seconds: Line, step: number): number {
  const at = indexAt(seconds.x, step);
  const y0 = seconds.y[at];
  const y1 = seconds.y[at + 1];
  const x0 = seconds.x[at];
  const x1 = seconds.x[at + 1];
  if (!isNumber(y0) || x0 === undefined) return isNumber(seconds.y[0]) ? seconds.y[0] : 0;
  if (!isNumber(y1) || x1 === undefined) return y0;
  return y0 + ((step - x0) / (x1 - x0)) * (y1 - y0);
}

/** A step in the unit of the x axis. */
export function unitOf(curves: Curves, unit: Unit): (step: number) => number {
  if (unit === 'epoch') return (step) => step / curves.stepsPerEpoch;
  if (unit === 'time') return (step) => secondsAt(curves.seconds, step);
  return (step) => step;
}

/** The last step whose x is at most the given one. */
export function stepAt(curves: Curves, unit: Unit, x: number): number {
  if (unit === 'epoch') return x * curves.stepsPerEpoch;
  if (unit === 'step') return x;
  const { seconds } = curves;
  const times = seconds.y.map((value) => value ?? Infinity);
  return seconds.x[Math.max(0, indexAt(times, x))] ?? 0;
}

/** The planned end: for time, what the pace so far makes of it. */
export function plannedEnd(curves: Curves, unit: Unit): number {
  if (unit !== 'time') return unitOf(curves, unit)(curves.plannedSteps);
  const steps = curves.seconds.x.at(-1) ?? 0;
  const seconds = curves.seconds.y.findLast(isNumber) ?? 0;
  return steps > 0 && seconds > 0 ? (seconds / steps) * curves.plannedSteps : 1;
}

export const inUnit = (line: Line, curves: Curves, unit: Unit): Line => ({
  x: line.x.map(unitOf(curves, unit)),
  y: line.y,
});

const shortest = (value: number) => String(Number(value.toPrecision(3)));

/** From 0 to the planned end, so that the remaining steps are visible as empty space. */
export function stepAxis(end: number, unit: Unit): ChartModel['x'] {
  const say = { step: count, epoch: shortest, time: duration }[unit];
  // A time is written in tenths of a second, in seconds, or in minutes.
  const time = end < 9.95 ? 0.1 : end < 3600 ? 1 : 60;
  const leastStep = { step: 1, epoch: 0, time }[unit];
  return { scale: 'linear', min: 0, max: end, endTick: true, leastStep, name: unit, tick: say, format: say };
}
