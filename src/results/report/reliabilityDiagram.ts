import type { Calibration } from '../calibration';
import type { Reliability } from '../classes/reliability';
import { count, percent, percentage } from '../format';
import { html, type Markup } from './html';
import { linear } from './scales';

const [WIDTH, HEIGHT] = [320, 250];
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 236, 14, 210];
const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** Area grows with the share of the examples. */
const [SMALLEST, LARGEST] = [1.6, 9];

const x = linear(0, 1, LEFT, RIGHT);
const y = linear(0, 1, BOTTOM, TOP);

/** Accuracy against confidence at T 1, filled, and after temperature scaling, hollow (Guo et al. 2017, fig. 4). */
export function reliabilityDiagram({ title, kind, atOne, scaled }: Calibration, part: string): Markup {
  const hue = kind === 'distilled' ? 'teacher' : kind === 'scratch' ? 'labels' : 'neutral';
  return html`<figure>
    <figcaption><b>${title}</b> ${part} accuracy against confidence, %</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${spoken(title, atOne, scaled)}">
      ${TICKS.map(
        (tick) =>
          html`<path class="grid" d="M${LEFT} ${y.at(tick)}H${RIGHT}" /><text
              x="${LEFT - 6}"
              y="${y.at(tick) + 4}"
              text-anchor="end"
              >${percentage(tick, 0)}</text
            ><text x="${x.at(tick)}" y="${BOTTOM + 18}" text-anchor="middle">${percentage(tick, 0)}</text>`,
      )}
      <path class="level" d="M${LEFT} ${BOTTOM}L${RIGHT} ${TOP}" />
      ${scaled && line(scaled, `${hue} hollow`)} ${line(atOne, `${hue} filled`)}
      <text class="${hue}" x="${RIGHT + 8}" y="${TOP + 14}">● T 1</text>
      ${scaled && html`<text class="${hue}" x="${RIGHT + 8}" y="${TOP + 32}">○ scaled</text>`}
      <text x="${(LEFT + RIGHT) / 2}" y="${BOTTOM + 34}" text-anchor="middle">confidence</text>
    </svg>
  </figure>`;
}

function line({ bins }: Reliability, looks: string): Markup {
  const examples = bins.reduce((sum, bin) => sum + bin.count, 0);
  const points = bins.map((bin) => ({
    at: `${x.at(bin.confidence)} ${y.at(bin.accuracy)}`,
    cx: x.at(bin.confidence),
    cy: y.at(bin.accuracy),
    r: Math.max(SMALLEST, LARGEST * Math.sqrt(bin.count / examples)).toFixed(1),
  }));
  return html`<g class="reliability ${looks}">
    <path d="M${points.map(({ at }) => at).join('L')}" />
    ${points.map(({ cx, cy, r }) => html`<circle cx="${cx}" cy="${cy}" r="${r}" />`)}
  </g>`;
}

function spoken(title: string, atOne: Reliability, scaled: Reliability | null): string {
  const bins = atOne.bins.map(
    ({ confidence, accuracy, count: n }) =>
      `${percent(accuracy)} right at confidence ${percent(confidence)} (${count(n)})`,
  );
  const error = ({ ece }: Reliability) => (ece ? percent(ece.mean, 1) : 'unknown');
  const after = scaled ? `, after temperature scaling ${error(scaled)}` : '';
  return `Reliability of ${title}: calibration error ${error(atOne)}${after}. At T 1: ${bins.join('; ')}.`;
}
