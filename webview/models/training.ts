import { nothingYet } from '../view';
import { loss } from '../../src/results/format';
import type { Curves, Snapshot } from '../../src/messages';
import { own } from '../../src/own';
import { floor125 } from '../chart/axis';
import { type Axis, type ChartModel, type Dash, type ChartSeries, type Hue, isNumber } from '../chart/model';
import { smooth } from '../chart/smoothing';
import type { PageState } from '../state';
import { areInNats, dashOf, shownOf, termOf } from './curves';
import { inUnit, plannedEnd, stepAxis, unitOf } from './steps';

export type LossView = Pick<PageState, 'weighting' | 'lossScale' | 'xUnit'> & { smoothing: number };

/** Of the first term of a hue, the second and so on: what tells them apart without colour. */
const DASHES: { [H in Hue]: Dash[] } = {
  teacher: ['solid', 'dashDot', 'dotted'],
  labels: ['dashed', 'dotted', 'dashDot'],
  neutral: ['dashDot', 'dotted', 'dashed'],
};

/** The curves of one run: each term raw below its smoothed line, and their weighted sum where there are several. */
function linesOf(curves: Curves, view: LossView): ChartSeries[] {
  const terms = Object.entries(view.weighting === 'raw' ? curves.raw : curves.weighted);
  const drawn = { teacher: 0, labels: 0, neutral: 0 };
  const lines = terms.flatMap(([term, given]): ChartSeries[] => {
    const line = inUnit(given, curves, view.xUnit);
    const { title, hue } = termOf(curves, term);
    const dashes = DASHES[hue];
    const base = { x: line.x, hue, dash: dashes[drawn[hue]++ % dashes.length]! };
    const smoothed: ChartSeries = {
      ...base,
      name: term,
      label: title,
      rank: 'main',
      y: smooth(line.y, view.smoothing),
    };
    if (view.smoothing === 0) return [smoothed];
    return [
      { ...base, name: `${term}, unsmoothed`, label: null, rank: 'raw', dash: 'solid', y: line.y },
      smoothed,
    ];
  });
  if (terms.length < 2) return lines;
  const total = inUnit(curves.total, curves, view.xUnit);
  return [
    ...lines,
    {
      x: total.x,
      y: smooth(total.y, view.smoothing),
      name: 'total',
      label: view.weighting === 'raw' ? 'total (weighted)' : 'total',
      hue: 'neutral',
      dash: 'solid',
      rank: 'main',
    },
  ];
}

/** The overlay of another run: its first loss against the teacher, or else its loss on the labels. */
function overlayOf(curves: Curves, shown: Curves, view: LossView): ChartSeries[] {
  const terms = view.weighting === 'raw' ? curves.raw : curves.weighted;
  const names = Object.keys(terms);
  const term = names.find((name) => termOf(curves, name).hue === 'teacher') ?? names[0];
  const given = term === undefined ? undefined : own(terms, term);
  if (term === undefined || !given) return [];
  const line = inUnit(given, curves, view.xUnit);
  const other = curves.temperature !== null && curves.temperature !== shown.temperature;
  return [
    {
      x: line.x,
      y: smooth(line.y, view.smoothing),
      name: `${term}, ${curves.title}`,
      label: other
        ? `${term}, T ${curves.temperature}`
        : `${term}, ${curves.kind === 'scratch' ? 'scratch' : `seed ${curves.seed}`}`,
      hue: termOf(curves, term).hue,
      dash: dashOf(curves),
      rank: 'overlay',
    },
  ];
}

/** From the lines that are read; the faint raw values may leave the chart. */
export function lossAxis(series: readonly ChartSeries[], scale: 'log' | 'linear'): Axis {
  const values = series
    .filter((s) => s.rank !== 'raw')
    .flatMap((s) => s.y)
    .filter(isNumber);
  const positive = values.filter((value) => value > 0);
  const max = positive.reduce((a, b) => Math.max(a, b), 0);
  if (max === 0) return { scale, min: scale === 'log' ? 0.1 : 0, max: 10, tick: formatTick };
  if (scale === 'linear') return { scale, min: 0, max: max * 1.05, tick: formatTick };
  const min = Math.max(
    positive.reduce((a, b) => Math.min(a, b)),
    max * 1e-7,
  );
  const low = floor125(min);
  const high = max * 1.15;
  return { scale, min: Math.min(low, high / 10), max: high, tick: formatTick };
}

const formatTick = (value: number) =>
  value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e5)
    ? value.toExponential().replace('-', '−').replace('+', '')
    : String(value);

export function trainingLoss(snapshot: Snapshot, view: LossView): ChartModel {
  const shown = shownOf(snapshot.curves);
  const lines = shown ? linesOf(shown, view) : [];
  const overlays = shown
    ? snapshot.curves.filter((c) => c.role === 'overlay').flatMap((c) => overlayOf(c, shown, view))
    : [];
  const empty = !shown
    ? nothingYet(snapshot)
    : lines.every((s) => s.y.length === 0)
      ? 'No steps yet: the engine self-test takes about 2 s.'
      : null;
  const what = view.weighting === 'raw' ? 'raw, before weighting' : 'weighted, as summed';
  return {
    id: 'loss',
    title: 'Training loss',
    caption: `${what} · ${!shown || areInNats(shown) ? 'nats ' : ''}per example · ${view.lossScale === 'log' ? 'log scale' : 'linear scale'}`,
    fileName: `${snapshot.experiment}-loss`,
    x: stepAxis(shown ? plannedEnd(shown, view.xUnit) : 1, view.xUnit),
    y: { ...lossAxis([...lines, ...overlays], view.lossScale), format: loss },
    series: [...overlays, ...lines],
    levels: [],
    failures:
      shown && shown.failedAt !== null
        ? [{ x: unitOf(shown, view.xUnit)(shown.failedAt), label: `failed at step ${shown.failedAt}` }]
        : [],
    empty,
    spoken: spokenLosses(lines),
  };
}

/** "distillation falls from 12.3 to 0.27, student falls from 2.5 to 0.04". */
export function spokenLosses(series: readonly ChartSeries[]): string {
  const said = series
    .filter((s) => s.rank === 'main')
    .flatMap((s) => {
      const first = s.y.find(isNumber);
      const last = s.y.findLast(isNumber);
      if (first === undefined || last === undefined) return [];
      const way = last < first ? 'falls' : last > first ? 'rises' : 'stays';
      return [
        way === 'stays'
          ? `${s.name} stays at ${loss(last)}`
          : `${s.name} ${way} from ${loss(first)} to ${loss(last)}`,
      ];
    });
  return said.length === 0 ? 'No values yet.' : `${said.join(', ')}.`;
}
