import { loss, percent, percentage, plain } from '../format';
import type { Summary } from '../summary';
import type { Line, ReportExtras, RunCurves } from './extras';
import { html, type Markup } from './html';
import { lineChart, type Series } from './lineChart';
import { linear, logarithmic, smooth } from './scales';

/** Arms beyond these are left to the panel, so that the file stays small. */
const MOST_ARMS = 6;
const STUDENT = 'student';
/** Of the moving average, per step. */
const SMOOTHING = 0.9;
/** Accuracy axes begin at one of these, never at the lowest value. */
const FLOORS = [0.95, 0.9, 0.8, 0.7, 0.5, 0];

/** Both losses and validation accuracy of every distilled arm, the headline's first. */
export function curves(summary: Summary, extras: ReportExtras): Markup {
  const headline = summary.comparisons.find((one) => one.primary)?.arm;
  const arms = [...summary.arms].sort((a, b) => Number(b.slug === headline) - Number(a.slug === headline));
  const drawn = arms
    .slice(0, MOST_ARMS)
    .map((arm) => ({ arm, runs: extras.curves.filter((run) => run.arm === arm.slug) }))
    .filter(({ runs }) => runs.length > 0);
  const left = arms.length - MOST_ARMS;
  const scratch = extras.curves.filter((run) => run.arm === summary.scratch?.slug);
  return html`${drawn.map(
    ({ arm, runs }) =>
      html`<h3>${arm.title}</h3>
        <div class="pair">${losses(runs)}${accuracy(runs, scratch, summary)}</div>`,
  )}
  ${drawn.length === 0 && html`<p>No curves were recorded.</p>`}
  ${left > 0 && html`<p class="aside">The curves of ${left} more arms are in the experiment’s panel.</p>`}`;
}

/** Both losses of the first seed: smoothed, over the raw values. */
function losses([shown]: RunCurves[]): Markup {
  const terms = Object.entries(shown!.losses);
  const hue = (term: string) => (term === STUDENT ? 'labels' : 'teacher');
  const raw = terms.map(([term, line]): Series => ({ hue: hue(term), label: null, line }));
  const smoothed = terms.map(([term, line]): Series => ({
    hue: hue(term),
    label: term,
    line: smooth(line, SMOOTHING),
  }));
  const values = smoothed.flatMap(({ line }) => positive(line));
  // Single batches can have next to no loss; four decades below the highest nothing is worth its room.
  const high = highest(values, 1);
  const low = Math.max(lowest(values, 0.1) / 2, high / 1e4);
  return lineChart({
    title: 'Training loss',
    caption: `seed ${shown!.seed}, before weighting, nats per example, log scale; smoothed, thin: raw`,
    plannedSteps: shown!.plannedSteps,
    scale: (bottom, top) => logarithmic(Math.min(low, high / 10), high, bottom, top),
    tick: plain,
    say: loss,
    series: [...raw, ...smoothed],
    level: null,
  });
}

function accuracy(runs: RunCurves[], scratch: RunCurves[], summary: Summary): Markup {
  const series = (of: RunCurves[], hue: Series['hue'], label: string): Series[] =>
    of.map((run, i) => ({ hue, label: i === 0 ? label : null, line: run.validationAccuracy })).reverse();
  const all = [...series(scratch, 'labels', 'scratch'), ...series(runs, 'teacher', 'distilled')];
  const teacher = summary.teacher?.validation?.mean ?? null;
  const ends = all.map(({ line }) => line.y.findLast((value) => value !== null) ?? 1);
  const room = lowest([...ends, ...(teacher === null ? [] : [teacher])], 0) - 0.04;
  const floor = FLOORS.find((one) => one <= room) ?? 0;
  return lineChart({
    title: 'Validation accuracy',
    caption: '%; thin: other seeds',
    plannedSteps: runs[0]!.plannedSteps,
    scale: (bottom, top) => linear(floor, 1, bottom, top),
    tick: (share) => percentage(share, 0),
    say: (share) => percent(share, 1),
    series: all,
    level: teacher === null ? null : { value: teacher, label: `teacher ${percentage(teacher, 1)}` },
  });
}

const positive = ({ y }: Line) => y.filter((value): value is number => value !== null && value > 0);
const lowest = (values: number[], none: number) => values.reduce((a, b) => Math.min(a, b), values[0] ?? none);
const highest = (values: number[], none: number) =>
  values.reduce((a, b) => Math.max(a, b), values[0] ?? none);
