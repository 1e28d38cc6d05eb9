import type { Probe, Snapshot } from '../../src/messages';
import { softmax } from '../../src/results/temperature';
import type { ChartModel, ChartSeries } from '../chart/model';
import { formatTemperature } from './temperatureAxis';

/** More bars than this cannot be told apart: the likeliest are shown, the rest is one bar. */
const MOST_BARS = 30;
const LIKELIEST = 12;

/** Class probabilities softmax(z / T) of one example: teacher, student and scratch side by side. */
export function softTargets(
  snapshot: Snapshot,
  probe: Probe | null,
  temperature: number,
  scale: 'linear' | 'log',
  isReading = false,
): ChartModel {
  const soft = (logits: number[] | null | undefined) => (logits ? softmax(logits, temperature) : null);
  const teacher = soft(probe?.teacher);
  const student = soft(probe?.student);
  const scratch = soft(probe?.scratch);
  const count = (teacher ?? student ?? []).length;
  const names = Array.from({ length: count }, (_, i) => snapshot.summary?.classes[i] ?? String(i));
  const groups = groupClasses(names, teacher ?? student ?? []);
  const shown = [
    { name: 'teacher', of: teacher, hue: 'neutral' as const },
    { name: 'student', of: student, hue: 'teacher' as const },
    { name: 'scratch', of: scratch, hue: 'labels' as const },
  ].filter(({ of }) => of !== null);
  const step = 0.74 / Math.max(2, shown.length);
  const series = shown.map(({ name, of, hue }, at): ChartSeries => ({
    name,
    label: null,
    hue,
    dash: 'solid',
    rank: 'main',
    x: groups.map((_, i) => i),
    y: groups.map((group) => 100 * group.members.reduce((sum, c) => sum + (of?.[c] ?? 0), 0)),
    bars: {
      width: step * 0.92,
      offset: (at - (shown.length - 1) / 2) * step,
      hatched: name === 'teacher',
    },
  }));
  const name = (i: number) => groups[Math.round(i)]?.name ?? '';
  return {
    id: 'softTargets',
    title: 'Soft targets',
    caption: `class probability at T ${formatTemperature(temperature)}`,
    fileName: `${snapshot.experiment}-soft-targets-T${formatTemperature(temperature)}`,
    x: {
      scale: 'linear',
      min: -0.5,
      max: Math.max(0.5, groups.length - 0.5),
      ticks: groups.map((_, i) => i),
      name: 'class',
      tick: name,
      format: name,
    },
    y: {
      // Fixed, so that the slider is seen to flatten them.
      ...(scale === 'linear' ? { scale, min: 0, ticks: [0, 25, 50, 75, 100] } : { scale, min: 0.01 }),
      max: 100,
      tick: (value) => `${value} %`,
      format: formatShare,
    },
    series,
    levels: [],
    failures: [],
    empty:
      series.length > 0 ? null : isReading ? 'Reading the example…' : 'This run saved no logits of examples.',
    spoken: `At T ${formatTemperature(temperature)}: ${series
      .map(({ name, y }) => `${name} ${topThree(groups, y)}`)
      .join('; ')}.`,
  };
}

/** Whole percents; what is below 1 % with one more digit, what is nothing as nothing. */
export const formatShare = (percent: number) =>
  percent >= 0.95 ? percent.toFixed(0) : percent >= 0.05 ? percent.toFixed(1) : '';

function groupClasses(names: readonly string[], probabilities: readonly number[]) {
  const all = names.map((name, i) => ({ name, members: [i] }));
  if (names.length <= MOST_BARS) return all;
  const order = names.map((_, i) => i).sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const shown = order.slice(0, LIKELIEST);
  return [
    ...shown.map((i) => ({ name: names[i] ?? '', members: [i] })),
    { name: 'others', members: order.slice(LIKELIEST) },
  ];
}

const topThree = (groups: { name: string }[], y: readonly (number | null)[]) =>
  likeliest(y.map((value) => value ?? 0))
    .map((i) => `${groups[i]?.name ?? i} ${(y[i] ?? 0).toFixed(0)} %`)
    .join(', ');

/** The three likeliest classes, likeliest first. */
export const likeliest = (probabilities: readonly number[]): number[] =>
  probabilities
    .map((_, i) => i)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0))
    .slice(0, 3);
