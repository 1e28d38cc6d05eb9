import { count } from '../format';
import { pushApart } from '../plots';
import type { Line } from './extras';
import { html, type Markup } from './html';
import { linear, thin, type Scale } from './scales';

/** teacher: distilled, blue and solid; labels: scratch, orange and dashed. */
export type Hue = 'teacher' | 'labels' | 'neutral';

export interface PlottedLine {
  hue: Hue;
  /** At the line's end; null for the faint lines of other seeds and of raw values. */
  label: string | null;
  line: Line;
}

/** The axis below. */
export interface Across {
  scale: (left: number, right: number) => Scale;
  tick: (value: number) => string;
}

/** Steps of a training, from 0 to the planned end. */
export const steps = (planned: number): Across => ({
  scale: (left, right) => linear(0, Math.max(1, planned), left, right),
  tick: count,
});

export interface LineChart {
  title: string;
  caption: string;
  across: Across;
  scale: (bottom: number, top: number) => Scale;
  tick: (value: number) => string;
  /** A value in words. */
  say: (value: number) => string;
  series: PlottedLine[];
  /** A value that does not change, dotted. */
  level: { value: number; label: string } | null;
}

const WIDTH = 520;
const HEIGHT = 220;
const LEFT = 46;
const RIGHT = 400;
const TOP = 12;
const BOTTOM = 190;
const MOST_POINTS = 240;
/** Lines are clipped to it. */
const plot = `${LEFT} ${TOP - 4} ${RIGHT - LEFT} ${BOTTOM - TOP + 4}`;
/** Labels at the ends of lines stay this far apart. */
const LABEL_GAP = 14;

/** Lines with their names at their ends, e.g. loss over training. */
export function lineChart(chart: LineChart): Markup {
  const x = chart.across.scale(LEFT, RIGHT);
  const y = chart.scale(BOTTOM, TOP);
  const drawn = chart.series.map((series) => ({ ...series, line: thin(series.line, MOST_POINTS) }));
  const labels = [
    ...drawn.flatMap(({ hue, label, line }) => {
      const last = line.y.findLast((value) => value !== null);
      return label === null || last === undefined || last === null
        ? []
        : [{ hue, label, y: Math.min(BOTTOM, Math.max(TOP, y.at(last))) }];
    }),
    ...(chart.level
      ? [{ hue: 'neutral' as const, label: chart.level.label, y: y.at(chart.level.value) }]
      : []),
  ];
  const heights = pushApart(
    labels.map((label) => label.y),
    LABEL_GAP,
    TOP,
    BOTTOM,
  );
  return html`<figure>
    <figcaption><b>${chart.title}</b> ${chart.caption}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${spoken(chart)}">
      ${y.ticks.map(
        (tick) =>
          html`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y.at(tick)}" y2="${y.at(tick)}" /><text
              x="${LEFT - 6}"
              y="${y.at(tick) + 4}"
              text-anchor="end"
              >${chart.tick(tick)}</text
            >`,
      )}
      ${x.ticks.map((tick) => html`<text x="${x.at(tick)}" y="${BOTTOM + 18}" text-anchor="middle">${chart.across.tick(tick)}</text>`)}
      ${chart.level && html`<path class="level" d="M${LEFT} ${y.at(chart.level.value)}H${RIGHT}" />`}
      <svg x="${LEFT}" y="${TOP - 4}" width="${RIGHT - LEFT}" height="${BOTTOM - TOP + 4}" viewBox="${plot}">
        ${drawn.map(
          ({ hue, label, line }) =>
            html`<path class="line ${hue} ${label === null ? 'faint' : ''}" d="${path(line, x, y)}" />`,
        )}
      </svg>
      ${labels.map(({ hue, label }, i) => html`<text class="${hue}" x="${RIGHT + 6}" y="${heights[i]! + 4}">${label}</text>`)}
    </svg>
  </figure>`;
}

function path({ x, y }: Line, across: Scale, up: Scale): string {
  let pen = 'M';
  let text = '';
  x.forEach((step, i) => {
    const value = y[i] ?? null;
    if (value !== null) text += `${pen}${across.at(step)} ${up.at(value)}`;
    pen = value === null ? 'M' : 'L';
  });
  return text;
}

function spoken({ title, series, say }: LineChart): string {
  const told = series.flatMap(({ label, line }) => {
    const values = line.y.filter((value) => value !== null);
    const [first, last] = [values[0], values.at(-1)];
    return label === null || first === undefined || last === undefined
      ? []
      : [`${label} from ${say(first)} to ${say(last)}`];
  });
  return `${title}: ${told.join('; ') || 'nothing recorded'}.`;
}
