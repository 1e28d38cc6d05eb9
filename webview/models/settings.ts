import { accuracy, decimalsFor, percentage, plain, points } from '../../src/results/format';
import {
  accuracyOf,
  gainOf,
  groupsBut,
  TEMPERATURE,
  type Cell,
  type Cells,
  type Gain,
} from '../../src/results/laboratory/cells';
import type { ChartModel, ChartSeries } from '../chart/model';
import { formatTemperature, line, plainChart } from './temperatureAxis';

export const gainTitles: Record<Gain, { title: string; caption: string }> = {
  accuracy: { title: 'Accuracy', caption: 'accuracy' },
  agreement: { title: 'Agreement', caption: 'agreement with the teacher' },
  ece: { title: 'ECE', caption: 'calibration error (below 0 is better)' },
};

/** "+6.2 ± 1.1", in percentage points. */
export function gainText(
  cell: Cell,
  gain: Gain,
  examples: number,
): { mean: string; sd: string | null } | null {
  const value = gainOf(cell, gain);
  if (value === null) return null;
  const decimals = decimalsFor(examples);
  return {
    mean: points(value.mean, decimals),
    sd: value.n > 1 ? `±${percentage(value.sd, decimals)}` : null,
  };
}

/** "93.5 %", the mean over the seeds. */
export function accuracyText(cell: Cell, examples: number): string {
  const value = accuracyOf(cell);
  return value === null ? '' : accuracy(value.mean, examples);
}

/** Lines of one colour are told apart by these, and by their names. */
const OTHERS = ['dotted', 'dashed', 'dashDot'] as const;

const temperatureOf = (cell: Cell) => Number(cell.values[TEMPERATURE]);
const byTemperature = (cells: readonly Cell[]) =>
  cells.toSorted((a, b) => temperatureOf(a) - temperatureOf(b));

/** Gain over scratch by temperature: every seed of the chosen setting as a dot, its mean, and the means of the others. */
export function resultByTemperature(
  experiment: string,
  cells: Cells,
  setting: string,
  gain: Gain,
): ChartModel {
  const groups = groupsBut(cells, TEMPERATURE);
  const chosen = groups.find(({ title }) => title === setting) ?? groups[0];
  const temperatures = [...new Set(cells.cells.map(temperatureOf))].sort((a, b) => a - b);
  const inPoints = (value: number | null) => (value === null ? null : 100 * value);
  const mean = (
    { title, cells: inside }: (typeof groups)[number],
    part: Partial<ChartSeries>,
  ): ChartSeries => {
    const ordered = byTemperature(inside);
    return line({
      name: title || 'mean',
      x: ordered.map(temperatureOf),
      y: ordered.map((cell) => inPoints(gainOf(cell, gain)?.mean ?? null)),
      ...part,
    });
  };
  const seeds = [...new Set(chosen?.cells.flatMap((cell) => cell.seeds.map(({ seed }) => seed)))];
  const dots = seeds.map((seed, i): ChartSeries => {
    const ordered = byTemperature(chosen?.cells ?? []);
    // Side by side, so that seeds of equal gain do not hide each other.
    const beside = 1.035 ** (i - (seeds.length - 1) / 2);
    return line({
      name: `seed ${seed}`,
      label: null,
      rank: 'seed',
      dots: 'hollow',
      x: ordered.map((cell) => temperatureOf(cell) * beside),
      y: ordered.map((cell) => inPoints(cell.seeds.find((one) => one.seed === seed)?.gain[gain] ?? null)),
    });
  });
  const others = groups.filter((group) => group !== chosen);
  const series = [
    ...others.map((group, i) =>
      mean(group, {
        rank: 'overlay',
        dash: OTHERS[i % OTHERS.length]!,
        label: others.length > 4 ? null : group.title,
      }),
    ),
    ...dots,
    ...(chosen ? [mean(chosen, { label: chosen.title || 'mean', dots: 'filled' })] : []),
  ];
  const all = series.flatMap(({ y }) => y.filter((value) => value !== null));
  const [low, high] = [Math.floor(Math.min(0, ...all) - 0.5), Math.ceil(Math.max(0, ...all) + 0.5)];
  return {
    ...plainChart,
    id: 'resultByTemperature',
    title: 'Result by temperature',
    caption: `${gainTitles[gain].caption} over scratch, pp, validation, one dot per seed`,
    fileName: `${experiment}-result-by-temperature`,
    x: {
      scale: 'log',
      min: (temperatures[0] ?? 1) / 1.25,
      max: (temperatures.at(-1) ?? 1) * 1.25,
      ticks: temperatures,
      name: 'T',
      tick: (t) => `T ${plain(t)}`,
      format: formatTemperature,
    },
    y: {
      scale: 'linear',
      min: low,
      max: high,
      tick: (value, decimals) => points(value / 100, decimals),
      format: (value) => points(value / 100, 1),
    },
    series,
    levels: [{ y: 0, label: 'scratch', dash: 'dashed', hue: 'labels' }],
    empty: all.length === 0 ? 'No seed is finished for both a setting and its scratch yet.' : null,
    spoken: `Mean gain ${byTemperature(chosen?.cells ?? [])
      .flatMap((cell) => {
        const value = gainOf(cell, gain);
        return value ? [`${points(value.mean, 1)} at T ${temperatureOf(cell)}`] : [];
      })
      .join(', ')} percentage points.`,
  };
}
