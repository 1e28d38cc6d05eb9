import type { Probe, Snapshot } from '../../src/messages';
import {
  entropyBits,
  klDivergence,
  logitMatchingLimit,
  softmax,
  teacherGradientShare,
} from '../../src/results/temperature';
import type { ChartModel, Series } from '../chart/model';
import { lossAxis } from './training';

export const LOWEST_T = 0.5;
export const HIGHEST_T = 100;
/** More bars than this cannot be told apart: the likeliest are shown, the rest is one bar. */
const MOST_BARS = 30;
const LIKELIEST = 12;

/** A probe with both networks' logits. */
export interface Pair {
  row: number;
  label: number;
  teacher: number[];
  student: number[];
}

export const pairsOf = (probes: readonly Probe[]): Pair[] =>
  probes.flatMap(({ row, label, teacher, student }) =>
    teacher && student ? [{ row, label, teacher, student }] : [],
  );

/** Temperatures of the curves, evenly spaced on a log axis. */
function temperatures(classes: number): number[] {
  const count = classes > 100 ? 41 : 121;
  return Array.from({ length: count }, (_, i) => LOWEST_T * (HIGHEST_T / LOWEST_T) ** (i / (count - 1)));
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
export const formatTemperature = (t: number) =>
  String(t < 10 ? Number(t.toFixed(2)) : Number(t.toPrecision(3)));

const temperatureAxis: ChartModel['x'] = {
  scale: 'log',
  min: LOWEST_T,
  max: HIGHEST_T,
  ticks: [0.5, 1, 2, 4, 10, 20, 50, 100],
  name: 'T',
  tick: String,
  format: formatTemperature,
};

const line = (part: Partial<Series> & Pick<Series, 'name' | 'x' | 'y'>): Series => ({
  label: part.name,
  hue: 'teacher',
  dash: 'solid',
  rank: 'main',
  ...part,
});

/** Class probabilities softmax(z / T) of one example, teacher and student side by side. */
export function softTargets(
  snapshot: Snapshot,
  probe: Probe | null,
  temperature: number,
  scale: 'linear' | 'log',
): ChartModel {
  const soft = (logits: number[] | null | undefined) => (logits ? softmax(logits, temperature) : null);
  const teacher = soft(probe?.teacher);
  const student = soft(probe?.student);
  const count = (teacher ?? student ?? []).length;
  const names = Array.from({ length: count }, (_, i) => snapshot.summary?.classes[i] ?? String(i));
  const groups = groupClasses(names, teacher ?? student ?? []);
  const bars = (name: string, of: number[] | null, offset: number): Series[] =>
    of
      ? [
          {
            name,
            label: null,
            hue: name === 'teacher' ? 'neutral' : 'teacher',
            dash: 'solid',
            rank: 'main',
            x: groups.map((_, i) => i),
            y: groups.map((group) => 100 * group.members.reduce((sum, c) => sum + (of[c] ?? 0), 0)),
            bars: { width: 0.33, offset, hatched: name === 'teacher' },
          },
        ]
      : [];
  const series = [...bars('teacher', teacher, -0.18), ...bars('student', student, 0.18)];
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
    empty: series.length === 0 ? 'This run kept no logits of examples.' : null,
    spoken: `At T ${formatTemperature(temperature)}: ${['teacher', 'student']
      .map((who, i) => `${who} ${topThree(groups, series[i]?.y ?? [])}`)
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

const effective = (classes: number) =>
  [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].filter((k) => k <= classes * 0.6);

/** Mean entropy of the softened outputs: from one class to uniform. */
export function softness(snapshot: Snapshot, pairs: readonly Pair[]): ChartModel {
  const classes = pairs[0]?.teacher.length ?? 2;
  const x = temperatures(classes);
  const entropy = (who: 'teacher' | 'student') =>
    x.map((t) => mean(pairs.map((p) => entropyBits(softmax(p[who], t)))));
  const most = Math.log2(classes);
  const series = pairs.length
    ? [
        line({ name: 'student', x, y: entropy('student') }),
        line({ name: 'teacher', x, y: entropy('teacher'), hue: 'neutral', dash: 'dashDot' }),
      ]
    : [];
  return {
    id: 'softness',
    title: 'Softness of the targets',
    caption: 'mean entropy, bits',
    fileName: `${snapshot.experiment}-softness`,
    x: temperatureAxis,
    y: { scale: 'linear', min: 0, max: most * 1.04, tick: String, format: (bits) => bits.toFixed(2) },
    rightTicks: [
      ...effective(classes).map((k) => ({
        value: Math.log2(k),
        label: k === 1 ? '1 class' : `${k} classes`,
      })),
      { value: most, label: `${classes} = uniform` },
    ],
    series,
    levels: pairs.length ? [{ y: most, label: '', dash: 'dotted', hue: 'neutral' }] : [],
    failures: [],
    empty: pairs.length === 0 ? NO_LOGITS : null,
    spoken: `Entropy rises with T towards ${most.toFixed(2)} bits, the uniform distribution over ${classes} classes.`,
  };
}

/** What share of the gradient in the student's logits the teacher has at each T, with and without the factor T². */
export function shareByTemperature(snapshot: Snapshot, pairs: readonly Pair[]): ChartModel {
  const { distillationWeight, studentWeight } = snapshot.temperature;
  const x = temperatures(pairs[0]?.teacher.length ?? 2);
  const share = (scaleByT2: boolean) =>
    x.map((t) => 100 * teacherGradientShare(pairs, t, { distillationWeight, studentWeight, scaleByT2 }));
  const both = pairs.length > 0 && (distillationWeight > 0 || studentWeight > 0);
  return {
    id: 'gradientByTemperature',
    title: 'Distillation’s share of the gradient',
    caption: `weights ${distillationWeight} : ${studentWeight}, %`,
    fileName: `${snapshot.experiment}-gradient-by-temperature`,
    x: temperatureAxis,
    y: {
      scale: 'linear',
      min: 0,
      max: 100,
      ticks: [0, 25, 50, 75, 100],
      tick: String,
      format: (value) => value.toFixed(0),
    },
    series: both
      ? [
          line({ name: 'with T²', x, y: share(true) }),
          line({ name: 'without', x, y: share(false), hue: 'neutral', dash: 'dotted' }),
        ]
      : [],
    levels: [],
    failures: [],
    empty: both ? null : NO_LOGITS,
    spoken:
      'In the student’s logits, over this run’s examples. Without the factor T² the teacher’s share vanishes as T grows; with it, it stays.',
  };
}

/** T² · KL tends to (1 / 2C)·‖centred difference of the logits‖²: matching logits is distillation at high T. */
export function highTemperatureLimit(snapshot: Snapshot, pairs: readonly Pair[]): ChartModel {
  const x = temperatures(pairs[0]?.teacher.length ?? 2);
  const y = pairs.length
    ? x.map((t) => mean(pairs.map((p) => t * t * klDivergence(p.teacher, p.student, t))))
    : [];
  const limit = pairs.length ? mean(pairs.map((p) => logitMatchingLimit(p.teacher, p.student))) : null;
  const series = pairs.length ? [line({ name: 'T²·KL', x, y })] : [];
  const axis = lossAxis(
    [...series, ...(limit === null ? [] : [line({ name: '', x: [1], y: [limit] })])],
    'log',
  );
  return {
    id: 'limit',
    title: 'High-T limit',
    caption: 'T²·KL, nats, log scale',
    fileName: `${snapshot.experiment}-high-T-limit`,
    x: temperatureAxis,
    y: { ...axis, format: (value) => value.toPrecision(3) },
    series,
    levels: limit === null ? [] : [{ y: limit, label: 'logit matching', dash: 'dotted', hue: 'neutral' }],
    failures: [],
    empty: pairs.length === 0 ? NO_LOGITS : null,
    spoken: limit === null ? '' : `T²·KL tends to ${limit.toPrecision(3)} nats, the loss of logit matching.`,
  };
}

const NO_LOGITS = 'This run kept no logits of examples.';
