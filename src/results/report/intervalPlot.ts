import { percent, points } from '../format';
import type { Comparison, Summary } from '../summary';
import { html, type Markup } from './html';
import { pointsAxis } from './pointsAxis';
import { linear } from './scales';

const WIDTH = 520;
const LEFT = 96;
const RIGHT = 500;
const ROW = 24;

/** The three intervals of one arm on one axis, which shows 0 and the smallest gain worth having. */
export function intervalPlot(
  { interval, information, mean, decimals }: Comparison,
  summary: Summary,
): Markup {
  if (!interval || !information || mean === null) return html``;
  const rows = [
    { name: 'rule', ...interval },
    { name: 't over seeds', ...information.seedInterval },
    { name: 'bootstrap', ...information.bootstrap },
  ];
  const ends = [0, summary.minGain, ...rows.flatMap(({ low, high }) => [100 * low, 100 * high])];
  const x = linear(Math.min(...ends) - 0.2, Math.max(...ends) + 0.2, LEFT, RIGHT, 7);
  const axis = rows.length * ROW + 20;
  const label = rows
    .map(({ name, low, high }) => `${name} ${points(low, decimals)} to ${points(high, decimals)}`)
    .join('; ');
  return html`<figure>
    <figcaption>
      <b>Three intervals, ${percent(interval.level)}</b> mean gain in percentage points; dotted: 0 and the
      smallest gain worth having
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${axis + 24}" role="img" aria-label="${label}">
      ${pointsAxis(x, LEFT, RIGHT, axis)}
      ${[0, summary.minGain].map((at) => html`<path class="level" d="M${x.at(at)} 4V${axis}" />`)}
      ${rows.map(
        ({ name, low, high }, i) =>
          html`<text x="0" y="${i * ROW + 20}">${name}</text
            ><path class="interval" d="M${x.at(100 * low)} ${i * ROW + 16}H${x.at(100 * high)}" />
            <path class="line teacher" d="M${x.at(100 * mean)} ${i * ROW + 9}V${i * ROW + 23}" />`,
      )}
    </svg>
  </figure>`;
}
