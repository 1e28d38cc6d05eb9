import { paperRows } from '../paper';
import type { Summary } from '../summary';
import type { ReportExtras } from './extras';
import { html, type Markup } from './html';

/** The figures of the reproduced paper next to those of this experiment. */
export const paperSection = {
  title: 'Beside the paper',
  content: (summary: Summary, { paper }: ReportExtras): Markup | null => {
    if (!paper) return null;
    const part = summary.part === 'validation' ? ' (validation; the test set is sealed)' : '';
    return html`<p class="aside">
        ${paper.source}. Other data and networks: compare the shape, not the numbers.
      </p>
      <div class="scroll">
        <table class="text">
          <thead>
            <tr>
              ${['', 'the paper', `here${part}`].map((text) => html`<th scope="col">${text}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${paperRows(paper, summary).map(
              ({ what, theirs, ours }) =>
                html`<tr>
                  ${[what, theirs, ours ?? 'not known yet'].map((text) => html`<td>${text}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  },
};
