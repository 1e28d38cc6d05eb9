import { helps } from '../classes/confusion';
import type { ClassesView } from '../classes/view';
import { fixed, percentage, points } from '../format';
import type { Spread } from '../summary';
import { html, type Markup } from './html';
import type { Section } from './section';
import { TINTS } from './style';
import { numbers } from './tables';

/** Where the headline's arm helped and hurt: accuracy of each class, and which was taken for which. */
export const classesSection: Section = {
  title: 'Classes',
  content({ classes: names }, { classes }) {
    if (!classes) return null;
    const { part, seeds, title } = classes;
    const over = seeds.length > 1 ? `, mean of ${seeds.length} seeds` : '';
    return html`<p class="aside">${title}, ${part} examples${over}; accuracy in %, gain in pp.</p>
      ${accuracies(classes, names)}
      ${classes.confusion ? confusion(classes, names) : changedPairs(classes, names)}`;
  },
};

function accuracies({ perClass }: ClassesView, names: readonly string[]): Markup {
  const share = (value: Spread | null) => (value === null ? '–' : percentage(value.mean, 1));
  return numbers(
    ['class', 'examples', 'teacher', 'scratch', 'distilled', 'gain'],
    perClass.map((row) => [
      row.index === null ? `${row.classes} others` : (names[row.index] ?? String(row.index)),
      ...[String(row.examples), share(row.teacher), share(row.scratch), share(row.distilled)],
      row.gain === null ? '–' : points(row.gain, 1),
    ]),
  );
}

/** Distilled − scratch; the tint says what the sign says, at most 40 % of the hue so that digits keep their contrast. */
function confusion({ confusion: matrices, seeds }: ClassesView, names: readonly string[]): Markup | null {
  const scratch = matrices?.scratch;
  if (!matrices || !scratch) return null;
  const change = matrices.distilled.map((row, i) => row.map((value, j) => value - scratch[i]![j]!));
  const most = Math.max(1e-9, ...change.flat().map(Math.abs));
  const decimals = seeds.length > 1 ? 1 : 0;
  const cell = (value: number, truth: number, predicted: number) => {
    if (Number(value.toFixed(decimals)) === 0) return html`<td>·</td>`;
    const tone = helps(truth, predicted, value) ? 'helped' : 'hurt';
    const tint = `${tone}-${Math.max(1, Math.round((TINTS * Math.abs(value)) / most))}`;
    return html`<td class="${tint}">${fixed(value, decimals, { signDisplay: 'exceptZero' })}</td>`;
  };
  return html`<h3>Confusion, distilled − scratch</h3>
    <p class="aside">
      Examples, by true class (rows) and predicted class (columns). Blue: distillation helped; orange: it
      hurt.
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th></th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${change.map(
            (row, i) =>
              html`<tr>
                <th scope="row">${names[i] ?? String(i)}</th>
                ${row.map((value, j) => cell(value, i, j))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function changedPairs({ changed, seeds }: ClassesView, names: readonly string[]): Markup | null {
  if (changed.length === 0) return null;
  const name = (index: number) => names[index] ?? String(index);
  const decimals = seeds.length > 1 ? 1 : 0;
  return html`<h3>The ${changed.length} most changed pairs</h3>
    ${numbers(
      ['true', 'predicted', 'scratch', 'distilled', 'change', ''],
      changed.map((one) => [
        ...[
          name(one.truth),
          name(one.predicted),
          fixed(one.scratch, decimals),
          fixed(one.distilled, decimals),
        ],
        fixed(one.change, decimals, { signDisplay: 'exceptZero' }),
        helps(one.truth, one.predicted, one.change) ? 'helped' : 'hurt',
      ]),
    )}`;
}
