import type { PerNetwork } from '../../src/results/laboratory/examples';
import { HIGHEST_T, LOWEST_T } from '../../src/results/laboratory/grid';
import type { Measured } from '../../src/results/laboratory/measure';
import type { ChartModel, ChartSeries } from '../chart/model';

/** What T does over many examples; `experiment` names the exported files. */
export interface ByTemperature {
  experiment: string;
  measured: Measured;
}

export const formatTemperature = (t: number) =>
  String(t < 10 ? Number(t.toFixed(2)) : Number(t.toPrecision(3)));

/** The axis of every chart by temperature: they share the cursor. */
export const temperatureAxis: ChartModel['x'] = {
  scale: 'log',
  min: LOWEST_T,
  max: HIGHEST_T,
  ticks: [0.5, 1, 2, 4, 10, 20, 50, 100],
  name: 'T',
  tick: String,
  format: formatTemperature,
};

type LineParts = Omit<Partial<ChartSeries>, 'x'> & Pick<ChartSeries, 'name' | 'y'> & { x: readonly number[] };

/** A line of such a chart; in the teacher's colour unless given otherwise. */
export const line = (part: LineParts): ChartSeries => ({
  label: part.name,
  hue: 'teacher',
  dash: 'solid',
  rank: 'main',
  ...part,
  x: [...part.x],
});

/** Style of each network: the teacher neither blue nor orange, scratch orange. */
const networkStyles = {
  teacher: { name: 'teacher', hue: 'neutral', dash: 'dashDot' },
  student: { name: 'student', hue: 'teacher', dash: 'solid' },
  scratch: { name: 'scratch', hue: 'labels', dash: 'dashed' },
} as const;

/** What every chart has that shows neither levels nor failures. */
export const plainChart = { levels: [], failures: [], empty: null } satisfies Partial<ChartModel>;

/** A line for each network that is there. */
export function perNetworkLines(x: readonly number[], values: PerNetwork<number[]>): ChartSeries[] {
  return (['student', 'teacher', 'scratch'] as const).flatMap((who) => {
    const y = values[who];
    return y === null ? [] : [line({ ...networkStyles[who], x, y })];
  });
}

/** Fixed, so that what T does is seen. */
export const percentAxis = {
  scale: 'linear',
  min: 0,
  max: 100,
  ticks: [0, 25, 50, 75, 100],
  tick: String,
  format: (value: number) => value.toFixed(value < 10 ? 1 : 0),
} satisfies ChartModel['y'];
