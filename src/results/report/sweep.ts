import { cellTable } from '../cells';
import { html } from './html';
import type { Section } from './section';
import { leftOut, table } from './tables';
import { sweepText } from '../sweepText';

const MOST_CELLS = 40;

/** What was searched, what was chosen, how much of its gain was luck, and the cells. */
export const sweepSection: Section = {
  title: 'Sweep',
  content: (summary) => {
    const { sweep } = summary;
    if (sweep === null) return null;
    const { table: cells, left } = cellTable(summary, sweep, MOST_CELLS);
    return html`${sweepText(summary, sweep).map((text) => html`<p>${text}</p>`)} ${table(cells)}
    ${leftOut(left, 'cell')}`;
  },
};
