import { points } from '../format';
import { html, type Markup } from './html';
import type { Scale } from './scales';

/** A line with ticks of percentage points below a plot, from `left` to `right` at the height `y`. */
export function pointsAxis({ at, ticks }: Scale, left: number, right: number, y: number): Markup {
  const decimals = ticks.every(Number.isInteger) ? 0 : 1;
  return html`<path class="axis" d="M${left} ${y}H${right}" /> ${ticks.map(
      (tick) =>
        html`<path class="axis" d="M${at(tick)} ${y - 4}V${y}" /><text
            x="${at(tick)}"
            y="${y + 16}"
            text-anchor="middle"
            >${points(tick / 100, decimals)}</text
          >`,
    )}`;
}
