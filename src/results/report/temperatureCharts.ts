import { count, fixed, loss, percent, percentage, plain } from '../format';
import type { PerNetwork } from '../laboratory/examples';
import { softShare, weightedGradients, type Balance } from '../laboratory/gradients';
import { HIGHEST_T, LOWEST_T } from '../laboratory/grid';
import type { Measured } from '../laboratory/measure';
import type { Markup } from './html';
import { lineChart, type Across, type LineChart, type PlottedLine } from './lineChart';
import { linear, logarithmic } from './scales';

const across: Across = {
  scale: (left, right) => logarithmic(LOWEST_T, HIGHEST_T, left, right),
  tick: (t) => `T ${plain(t)}`,
};
const lineOf = ({ temperatures }: Measured, y: number[]) => ({ x: [...temperatures], y });
const shares: Pick<LineChart, 'across' | 'scale' | 'tick' | 'say'> = {
  across,
  scale: (bottom, top) => linear(0, 1, bottom, top),
  tick: (share) => percentage(share, 0),
  say: (share) => percent(share, 0),
};

function networks(measured: Measured, values: PerNetwork<number[]>): PlottedLine[] {
  const hues = { teacher: 'neutral', student: 'teacher', scratch: 'labels' } as const;
  return (['teacher', 'student', 'scratch'] as const).flatMap((who) => {
    const y = values[who];
    return y === null ? [] : [{ hue: hues[who], label: who, line: lineOf(measured, y) }];
  });
}

/** Medians of each network, and where four in five of the teacher’s examples lie. */
export function softness(measured: Measured): Markup {
  const { entropy, classes } = measured;
  const median = (of: number[][]) => of[2]!;
  const faint = [entropy.teacher[0]!, entropy.teacher.at(-1)!].map((y): PlottedLine => ({
    hue: 'neutral',
    label: null,
    line: lineOf(measured, y),
  }));
  const most = Math.log2(classes);
  return lineChart({
    title: 'Softness of the targets',
    caption: 'entropy, bits: medians; thin: 10 and 90 % of the teacher’s',
    across,
    scale: (bottom, top) => linear(0, most * 1.05, bottom, top),
    tick: plain,
    say: (bits) => fixed(bits, 2),
    series: [
      ...faint,
      ...networks(measured, {
        teacher: median(entropy.teacher),
        student: median(entropy.student),
        scratch: entropy.scratch && median(entropy.scratch),
      }),
    ],
    level: { value: most, label: `uniform, ${count(classes)}` },
  });
}

export const trueClass = (measured: Measured): Markup =>
  lineChart({
    ...shares,
    title: 'Probability of the true class',
    caption: 'mean, %',
    series: networks(measured, measured.trueClass),
    level: null,
  });

/** With the factor T² and without. */
export function gradientShare(weights: Balance, measured: Measured): Markup {
  const { scaled, unscaled, hard } = weightedGradients(measured, weights);
  const line = (norms: number[]) =>
    lineOf(
      measured,
      norms.map((norm) => softShare(norm, hard)),
    );
  return lineChart({
    ...shares,
    title: 'Distillation’s share of the gradient',
    caption: `weights ${plain(weights.distillationWeight)} : ${plain(weights.studentWeight)}, %`,
    series: [
      { hue: 'neutral', label: 'without T²', line: line(unscaled) },
      { hue: 'teacher', label: 'with T²', line: line(scaled) },
    ],
    level: null,
  });
}

/** T²·KL and the loss of logit matching, which it tends to. */
export function limit(measured: Measured): Markup {
  const { scaledDivergence, matchingLimit } = measured;
  const all = [...scaledDivergence, matchingLimit].filter((value) => value > 0);
  const [low, high] = [Math.min(1, ...all), Math.max(1e-6, ...all)];
  return lineChart({
    title: 'High-T limit',
    caption: 'T²·KL, nats, log scale',
    across,
    scale: (bottom, top) => logarithmic(low / 1.5, high * 1.5, bottom, top),
    tick: plain,
    say: loss,
    series: [{ hue: 'teacher', label: 'T²·KL', line: lineOf(measured, scaledDivergence) }],
    level: { value: matchingLimit, label: 'logit matching' },
  });
}
