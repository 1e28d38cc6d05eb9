import { count, fixed, loss, percent, percentage, plain } from '../format';
import type { PerNetwork } from '../laboratory/examples';
import { softShare, weightedGradients } from '../laboratory/gradients';
import { HIGHEST_T, LOWEST_T } from '../laboratory/grid';
import type { Laboratory } from '../laboratory/laboratory';
import type { Measured } from '../laboratory/measure';
import { html, sentence, type Markup } from './html';
import { lineChart, type Across, type LineChart, type Series } from './lineChart';
import { linear, logarithmic } from './scales';
import type { Section } from './section';
import { table } from './tables';

/** Which T to take, where that cannot be told, and what T does to the soft targets: from validation data alone. */
export const temperatureSection: Section = {
  title: 'Temperature',
  content: (_, { laboratory }) => {
    if (laboratory === null || (laboratory.recommendation === null && laboratory.measured === null))
      return null;
    const { recommendation, warnings, measured } = laboratory;
    return html`${
      recommendation && html`<p>${sentence(recommendation.sentence)} ${recommendation.reason}</p>`
    }
    ${warnings.map(({ arms, text, remedy }) => html`<p>⚠ <b>${arms.join(', ')}</b>: ${text} ${remedy}</p>`)}
    ${measured && pictures(laboratory, measured)}`;
  },
};

function pictures(laboratory: Laboratory, measured: Measured): Markup {
  const { used, of } = measured.examples;
  return html`<h3>What T does</h3>
    <p class="aside">
      ${laboratory.title}, seed ${laboratory.seed}: from the logits of
      ${used < of ? `${count(used)} of the ${count(of)}` : count(of)} validation examples.
    </p>
    <div class="pair">${softness(measured)}${trueClass(measured)}</div>
    <div class="pair">${gradientShare(laboratory, measured)}${limit(measured)}</div>
    ${caching(measured)}
    <p class="aside">${order(measured)}</p>`;
}

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

function networks(measured: Measured, values: PerNetwork<number[]>): Series[] {
  const hues = { teacher: 'neutral', student: 'teacher', scratch: 'labels' } as const;
  return (['teacher', 'student', 'scratch'] as const).flatMap((who) => {
    const y = values[who];
    return y === null ? [] : [{ hue: hues[who], label: who, line: lineOf(measured, y) }];
  });
}

function softness(measured: Measured): Markup {
  const { entropy, classes } = measured;
  const median = (of: number[][]) => of[2]!;
  const faint = [entropy.teacher[0]!, entropy.teacher.at(-1)!].map((y): Series => ({
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

const trueClass = (measured: Measured): Markup =>
  lineChart({
    ...shares,
    title: 'On the true class',
    caption: 'mean probability, %',
    series: networks(measured, measured.trueClass),
    level: null,
  });

function gradientShare({ weights }: Laboratory, measured: Measured): Markup {
  const { scaled, unscaled, hard } = weightedGradients(measured, {
    distillationWeight: weights.distillation,
    studentWeight: weights.student,
  });
  const line = (norms: number[]) =>
    lineOf(
      measured,
      norms.map((norm) => softShare(norm, hard)),
    );
  return lineChart({
    ...shares,
    title: 'Distillation’s share of the gradient',
    caption: `weights ${plain(weights.distillation)} : ${plain(weights.student)}, %`,
    series: [
      { hue: 'neutral', label: 'without T²', line: line(unscaled) },
      { hue: 'teacher', label: 'with T²', line: line(scaled) },
    ],
    level: null,
  });
}

function limit(measured: Measured): Markup {
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

/** How little of the teacher's logits a cache may keep. */
function caching({ caching: { temperatures, float16, enough }, classes }: Measured): Markup {
  const known = (share: number | null | undefined) =>
    share === null || share === undefined ? '–' : percent(share, 3);
  return table({
    head: ['What a smaller cache loses', ...temperatures.map((t) => `T ${plain(t)}`)],
    rows: [
      {
        kind: 'teacher',
        cells: [`logits of ${count(classes)} that keep T²·KL to 1 %`, ...enough.map((k) => count(k))],
      },
      {
        kind: 'teacher',
        cells: ['error of T²·KL in float16', ...temperatures.map((_, i) => known(float16.loss[i]))],
      },
    ],
  });
}

const order = ({ order: { student, scratch } }: Measured) =>
  `Order of the wrong classes as the teacher has it (mean Kendall τ, 1 is the same order): student ${fixed(student, 2)}${scratch === null ? '' : `, scratch ${fixed(scratch, 2)}`}.`;
