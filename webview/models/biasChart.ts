import type { BiasCorrection, ErrorCurve } from '../../src/results/classes/correction';
import { fixed } from '../../src/results/format';
import type { ChartModel, ChartSeries } from '../chart/model';

/** A bias as it is written: "+2.4". */
export const biasText = (bias: number): string => signed(bias, 1);
const signed = (bias: number, decimals: number): string =>
  fixed(bias, decimals, { signDisplay: 'exceptZero' });

/** The part whose errors are drawn: test once it is open. */
export const shownCurve = ({ curves }: BiasCorrection): ErrorCurve => curves.test ?? curves.validation;

/** Index of the grid’s bias that is nearest; of two the larger, as they are written. */
export function nearestBias({ biases }: BiasCorrection, bias: number): number {
  return biases.reduce(
    (best, at, i) => (Math.abs(at - bias) <= Math.abs(biases[best]! - bias) + 1e-9 ? i : best),
    0,
  );
}

/** Where the curves are worth looking at: around 0 and the fitted bias, and not the flat ends. */
function window(correction: BiasCorrection): [number, number] {
  const { biases, fitted } = correction;
  const reach = Math.max(2, 2 * Math.abs(fitted.mean));
  const [low, high] = [Math.min(0, fitted.mean) - reach / 2, Math.max(0, fitted.mean) + reach / 2];
  return [Math.max(biases[0]!, Math.floor(low)), Math.min(biases.at(-1)!, Math.ceil(high))];
}

/** Mean errors over seeds against the bias that is added to the logits of the classes in question. */
export function biasChart(experiment: string, correction: BiasCorrection, missing: string): ChartModel {
  const { biases, curves } = correction;
  const [min, max] = window(correction);
  const inside = biases.flatMap((bias, i) => (bias >= min && bias <= max ? [i] : []));
  const x = inside.map((i) => biases[i]!);
  const line = (
    name: string,
    values: readonly number[],
    look: Pick<ChartSeries, 'hue' | 'dash' | 'rank'>,
  ): ChartSeries => ({
    x,
    y: inside.map((i) => values[i]!),
    name,
    label: name,
    ...look,
  });
  const shown = shownCurve(correction);
  const part = curves.test ? 'test' : 'validation';
  const series = [
    line(`all errors, ${part}`, shown.errors, { hue: 'neutral', dash: 'solid', rank: 'main' }),
    line(`on ${missing}`, shown.errorsOfMissing, { hue: 'teacher', dash: 'dashed', rank: 'main' }),
  ];
  const most = Math.max(1, ...series.flatMap((one) => one.y.map((value) => value ?? 0)));
  const format = (value: number) => fixed(value, 1);
  return {
    id: 'bias',
    title: `${missing[0]!.toUpperCase()}${missing.slice(1)} left out of the transfer set`,
    caption: `errors of ${shown.examples} ${part} examples, mean over seeds, by bias`,
    fileName: `${experiment}-bias`,
    x: { scale: 'linear', min, max, tick: signed, name: 'bias', format: biasText },
    y: { scale: 'linear', min: 0, max: most * 1.05, tick: fixed, format },
    series,
    levels: [],
    failures: [],
    empty: null,
    spoken: `Fitted on validation: ${biasText(correction.fitted.mean)}.`,
  };
}
