import { softShare, weightedGradients, type Balance } from '../../src/results/laboratory/gradients';
import type { Measured } from '../../src/results/laboratory/measure';
import type { ChartModel, ChartSeries } from '../chart/model';
import { type ByTemperature, line, percentAxis, plainChart, temperatureAxis } from './temperatureAxis';
import { lossAxis } from './training';

/** What share of the gradient in the student's logits the teacher has at each T, with and without the factor T². */
export function shareByTemperature({ experiment, measured }: ByTemperature, balance: Balance): ChartModel {
  const { scaled, unscaled, hard } = weightedGradients(measured, balance);
  const share = (norms: number[]) => norms.map((norm) => 100 * softShare(norm, hard));
  return {
    ...plainChart,
    id: 'gradientByTemperature',
    title: 'Distillation’s share of the gradient',
    caption: `weights ${balance.distillationWeight} : ${balance.studentWeight}, %`,
    fileName: `${experiment}-gradient-by-temperature`,
    x: temperatureAxis,
    y: percentAxis,
    series: withAndWithout(measured, share(scaled), share(unscaled)),
    spoken:
      'In the student’s logits. Without the factor T² the teacher’s share vanishes as T grows; with it, the share remains.',
  };
}

const withAndWithout = (
  { temperatures: x }: Measured,
  scaled: number[],
  unscaled: number[],
): ChartSeries[] => [
  line({ name: 'with T²', x, y: scaled }),
  line({ name: 'without', x, y: unscaled, hue: 'neutral', dash: 'dotted' }),
];

/** The norms themselves, before weighting: of the soft term with and without T², and of the hard one. */
export function gradientNorms({ experiment, measured }: ByTemperature): ChartModel {
  const { scaled, unscaled, hard } = weightedGradients(measured, { distillationWeight: 1, studentWeight: 1 });
  const series = [
    ...withAndWithout(measured, scaled, unscaled),
    line({
      name: 'hard',
      x: measured.temperatures,
      y: scaled.map(() => hard),
      hue: 'labels',
      dash: 'dashed',
    }),
  ];
  return {
    ...plainChart,
    id: 'gradientNorms',
    title: 'Size of the gradient',
    caption: 'mean norm in the logits, unweighted, log scale',
    fileName: `${experiment}-gradient-norms`,
    x: temperatureAxis,
    y: { ...lossAxis(series, 'log'), format: (value) => value.toPrecision(2) },
    series,
    spoken: `Without T² the soft term's gradient falls as 1/T²; with it, it stays near ${scaled.at(-1)!.toPrecision(2)}. The hard term's is ${hard.toPrecision(2)} at any T.`,
  };
}
