import { fixed, plural } from '../../src/results/format';
import type { MatchingAgreement } from '../../src/results/laboratory/laboratory';
import type { ChartModel } from '../chart/model';
import { type ByTemperature, line, plainChart, temperatureAxis } from './temperatureAxis';
import { lossAxis } from './training';

/** T² · KL tends to (1 / 2C)·‖centred difference of the logits‖²: matching logits is distillation at high T. */
export function highTemperatureLimit({ experiment, measured }: ByTemperature): ChartModel {
  const { temperatures: x, scaledDivergence: y, matchingLimit: limit } = measured;
  const series = [line({ name: 'T²·KL', x, y })];
  const axis = lossAxis([...series, line({ name: '', x: [1], y: [limit] })], 'log');
  return {
    ...plainChart,
    id: 'limit',
    title: 'High-T limit',
    caption: 'T²·KL, nats, log scale',
    fileName: `${experiment}-high-T-limit`,
    x: temperatureAxis,
    y: { ...axis, format: (value) => value.toPrecision(3) },
    series,
    levels: [{ y: limit, label: 'logit matching', dash: 'dotted', hue: 'neutral' }],
    spoken: `T²·KL tends to ${limit.toPrecision(3)} nats, the loss of logit matching.`,
  };
}

/** How often each temperature's students answer as those that matched logits. */
export function matchingByTemperature(
  experiment: string,
  matching: readonly MatchingAgreement[],
): ChartModel {
  const y = matching.map(({ agreement }) => 100 * agreement.mean);
  const low = Math.floor(Math.min(...y) - 1);
  return {
    ...plainChart,
    id: 'matching',
    title: 'Agreement with logit matching',
    caption: `of students, % of validation examples, ${plural(matching[0]?.agreement.n ?? 0, 'seed')}`,
    fileName: `${experiment}-agreement-with-logit-matching`,
    x: temperatureAxis,
    y: { scale: 'linear', min: low, max: 100, tick: fixed, format: (value) => value.toFixed(1) },
    series: [
      line({
        name: 'agreement',
        label: null,
        x: matching.map(({ temperature }) => temperature),
        y,
        dots: 'filled',
      }),
    ],
    spoken: `Students trained at ${matching.map(({ temperature }, i) => `T ${temperature} agree in ${y[i]!.toFixed(1)} %`).join(', ')} with the student of logit matching.`,
  };
}
