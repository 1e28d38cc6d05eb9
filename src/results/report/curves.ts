import { loss, percent, percentage, plain, plural } from '../format';
import { own } from '../../own';
import { headlineOf } from '../shown';
import type { ArmSummary, Summary } from '../summary';
import type { Line, ReportExtras, RunCurves } from './extras';
import { html, type Markup } from './html';
import { lineChart, steps, type PlottedLine } from './lineChart';
import { linear, logarithmic, smooth } from './scales';
import type { Section } from './section';

/** Arms beyond these are left to the panel, so that the file stays small. */
const MOST_ARMS = 6;
/** Lines beyond these cover one another. */
const MOST_SEEDS = 20;
const hueOf = { labels: 'labels', teacher: 'teacher', other: 'neutral' } as const;
/** Of the moving average, per step. */
const SMOOTHING = 0.9;
/** Accuracy axes begin at one of these, never at the lowest value. */
const FLOORS = [0.95, 0.9, 0.8, 0.7, 0.5, 0];

export const curvesSection: Section = {
  title: 'Curves',
  content: (summary, extras) => {
    const { arms, left } = drawnArms(summary);
    const drawn = arms
      .map((arm) => ({
        arm,
        runs: runsOf(extras, arm.slug),
        scratch: runsOf(extras, scratchOf(summary, arm.slug)),
      }))
      .filter(({ runs }) => runs.length > 0);
    return html`${drawn.map(
      ({ arm, runs, scratch }) =>
        html`<h3>${arm.title}</h3>
          <div class="pair">${losses(runs)}${accuracy(runs, scratch, summary)}</div>`,
    )}
    ${drawn.length === 0 && html`<p>No curves were recorded.</p>`}
    ${left > 0 && html`<p class="aside">The curves of ${plural(left, 'more arm')} are in the experiment’s panel.</p>`}`;
  },
};

/** Arms whose curves the report has: the headline's first, the cells of a sweep last. */
export function drawnArms(summary: Summary): { arms: ArmSummary[]; left: number } {
  const headline = headlineOf(summary)?.arm;
  const rank = ({ slug, role }: ArmSummary) => (slug === headline ? 0 : role === 'cell' ? 2 : 1);
  const arms = [...summary.arms].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_ARMS);
  return { arms, left: summary.arms.length - arms.length };
}

/** Slug of the scratch that an arm is compared with; null where there is none. */
export const scratchOf = ({ comparisons }: Summary, slug: string): string | null =>
  comparisons.find(({ arm }) => arm === slug)?.scratch ?? null;

const runsOf = ({ curves }: ReportExtras, slug: string | null) =>
  curves.filter((run) => run.arm === slug).slice(0, MOST_SEEDS);

/** Both losses of the first seed: smoothed, over the raw values. */
function losses([shown]: RunCurves[]): Markup {
  const terms = Object.entries(shown!.losses);
  const termOf = (term: string) => own(shown!.terms, term);
  const inNats = terms.every(([term]) => termOf(term)?.unit === 'nats');
  const hue = (term: string) => hueOf[termOf(term)?.source ?? 'other'];
  const raw = terms.map(([term, line]): PlottedLine => ({ hue: hue(term), label: null, line }));
  const smoothed = terms.map(([term, line]): PlottedLine => ({
    hue: hue(term),
    label: termOf(term)?.title ?? term,
    line: smooth(line, SMOOTHING),
  }));
  const values = smoothed.flatMap(({ line }) => positive(line));
  // Single batches can have almost no loss; values four decades below the highest are cut off.
  const high = highest(values, 1);
  const low = Math.max(lowest(values, 0.1) / 2, high / 1e4);
  return lineChart({
    title: 'Training loss',
    caption: `seed ${shown!.seed}, before weighting, ${inNats ? 'nats ' : ''}per example, log scale; smoothed, thin: raw`,
    across: steps(shown!.plannedSteps),
    scale: (bottom, top) => logarithmic(Math.min(low, high / 10), high, bottom, top),
    tick: plain,
    say: loss,
    series: [...raw, ...smoothed],
    level: null,
  });
}

function accuracy(runs: RunCurves[], scratch: RunCurves[], summary: Summary): Markup {
  const series = (of: RunCurves[], hue: PlottedLine['hue'], label: string): PlottedLine[] =>
    of.map((run, i) => ({ hue, label: i === 0 ? label : null, line: run.validationAccuracy })).reverse();
  const all = [...series(scratch, 'labels', 'scratch'), ...series(runs, 'teacher', 'distilled')];
  const teacher = summary.teacher?.validation?.mean ?? null;
  const ends = all.map(({ line }) => line.y.findLast((value) => value !== null) ?? 1);
  const room = lowest([...ends, ...(teacher === null ? [] : [teacher])], 0) - 0.04;
  const floor = FLOORS.find((one) => one <= room) ?? 0;
  return lineChart({
    title: 'Validation accuracy',
    caption: '%; thin: other seeds',
    across: steps(runs[0]!.plannedSteps),
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
