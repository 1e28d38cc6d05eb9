import { percent } from '../format';
import { dotRows, pairedInWords } from '../plots';
import type { Comparison } from '../summary';
import { html, type Markup } from './html';
import { pointsAxis } from './pointsAxis';
import { linear } from './scales';

const WIDTH = 520;
const LEFT = 14;
const RIGHT = 430;
const DOT = 4;
const AXIS = 86;
const BAR = 66;
const DOTS = 44;

/** Each seed's difference as a dot, their mean and its interval, on an axis that always shows 0. */
export function pairedPlot(comparison: Comparison): Markup {
  const { perSeed, interval, mean, part } = comparison;
  const differences = perSeed.map(({ difference }) => 100 * difference);
  const ends = interval ? [100 * interval.low, 100 * interval.high] : [];
  const all = [0, ...differences, ...ends];
  const x = linear(Math.min(-1, Math.min(...all) - 0.3), Math.max(1, Math.max(...all) + 0.3), LEFT, RIGHT, 7);
  const level = interval ? `${percent(interval.level)} CI` : '';
  const places = differences.map(x.at);
  const rows = dotRows(places, 2.2 * DOT);
  return html`<figure>
    <figcaption><b>Distilled − scratch</b> ${part} accuracy, percentage points, one dot per seed</figcaption>
    <svg viewBox="0 0 ${WIDTH} 110" role="img" aria-label="${pairedInWords(comparison)}">
      ${pointsAxis(x, LEFT, RIGHT, AXIS)}
      <path class="line labels" d="M${x.at(0)} 4V${AXIS}" />
      <text class="labels" x="${x.at(0) + 6}" y="12">same as scratch</text>
      ${
        interval &&
        html`<path class="interval" d="M${x.at(100 * interval.low)} ${BAR}H${x.at(100 * interval.high)}" />
          <text x="${RIGHT + 8}" y="${BAR + 4}">${level}</text>`
      }
      ${interval && mean !== null && html`<path class="line teacher" d="M${x.at(100 * mean)} ${BAR - 7}V${BAR + 7}" />`}
      ${places.map((at, i) => html`<circle class="dot" cx="${at}" cy="${DOTS - rows[i]! * 2.4 * DOT}" r="${DOT}" />`)}
    </svg>
  </figure>`;
}
