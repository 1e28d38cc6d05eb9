import { plural } from '../format';
import type { Table } from '../table';
import { html, type Markup } from './html';

/** Numbers under a head, the first cell of a row its name; with the kind of each row where rows are of several. */
export const numbers = (
  head: readonly string[],
  body: readonly (readonly string[])[],
  kindOf: (row: number) => string = () => 'difference',
): Markup =>
  html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          ([first, ...cells], row) =>
            html`<tr class="row-${kindOf(row)}">
              <th scope="row">${first ?? ''}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

export const table = ({ head, rows: body }: Table): Markup =>
  numbers(
    head,
    body.map(({ cells }) => cells),
    (row) => body[row]!.kind,
  );

/** Text without a head. */
export const rows = (entries: readonly (readonly string[])[]): Markup =>
  entries.length === 0
    ? html`<p>Not recorded.</p>`
    : html`<div class="scroll">
        <table class="text">
          <tbody>
            ${entries.map(
              (cells) =>
                html`<tr>
                  ${cells.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;

/** Says how many a table leaves out, each of them a `what`; nothing where it has all. */
export const leftOut = (count: number, what: string): Markup | false =>
  count > 0 &&
  html`<p class="aside">And ${plural(count, `more ${what}`)}: see the CSV (Export Table… in the panel).</p>`;
