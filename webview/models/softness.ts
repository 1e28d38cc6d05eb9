import { fixed } from '../../src/results/format';
import type { ChartModel } from '../chart/model';
import {
  type ByTemperature,
  formatTemperature,
  line,
  percentAxis,
  perNetworkLines,
  plainChart,
  temperatureAxis,
} from './temperatureAxis';

/** Of `quantileShares`. */
const MEDIAN = 2;

/** Entropy of the softened outputs: the median of each network, and where four in five of the teacher's examples lie. */
export function softness({ experiment, measured }: ByTemperature): ChartModel {
  const { classes, temperatures: x, entropy } = measured;
  const most = Math.log2(classes);
  const median = (of: number[][]) => of[MEDIAN]!;
  const edges = [entropy.teacher[0]!, entropy.teacher.at(-1)!];
  return {
    ...plainChart,
    id: 'softness',
    title: 'Softness of the targets',
    caption: 'entropy, bits: median, and 10–90 % of the teacher’s',
    fileName: `${experiment}-softness`,
    x: temperatureAxis,
    y: { scale: 'linear', min: 0, max: most * 1.04, tick: fixed, format: (bits) => bits.toFixed(2) },
    rightTicks: [
      ...effective(classes).map((k) => ({
        value: Math.log2(k),
        label: k === 1 ? '1 class' : `${k} classes`,
      })),
      { value: most, label: `${classes} = uniform` },
    ],
    series: [
      ...perNetworkLines(x, {
        teacher: median(entropy.teacher),
        student: median(entropy.student),
        scratch: entropy.scratch && median(entropy.scratch),
      }).map((series) => (series.name === 'scratch' ? { ...series, label: null } : series)),
      ...edges.map((y, i) =>
        line({
          name: `teacher, ${i === 0 ? '10 %' : '90 %'}`,
          label: null,
          x,
          y,
          hue: 'neutral',
          dash: 'dotted',
          rank: 'overlay',
        }),
      ),
    ],
    levels: [{ y: most, label: '', dash: 'dotted', hue: 'neutral' }],
    spoken: `Entropy rises with T towards ${most.toFixed(2)} bits, the uniform distribution over ${classes} classes.`,
  };
}

const effective = (classes: number) =>
  [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].filter((k) => k <= classes * 0.6);

/** Mean probability of the true class. */
export function massOnTrueClass({ experiment, measured }: ByTemperature): ChartModel {
  const share = (values: number[]) => values.map((value) => 100 * value);
  const { teacher, student, scratch } = measured.trueClass;
  return {
    ...plainChart,
    id: 'trueClass',
    title: 'Probability of the true class',
    caption: 'mean, %',
    fileName: `${experiment}-true-class`,
    x: temperatureAxis,
    y: percentAxis,
    series: perNetworkLines(measured.temperatures, {
      teacher: share(teacher),
      student: share(student),
      scratch: scratch && share(scratch),
    }),
    levels: [{ y: 100 / measured.classes, label: 'uniform', dash: 'dotted', hue: 'neutral' }],
    spoken: `Softening lowers the probability of the true class: for the teacher, ${(100 * teacher[0]!).toFixed(0)} % at T ${formatTemperature(measured.temperatures[0]!)} and ${(100 * teacher.at(-1)!).toFixed(0)} % at T 100.`,
  };
}
