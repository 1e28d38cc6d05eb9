import { accuracy, fixed } from '../format';
import type { ArmSummary, BiasSummary, Spread, Summary } from '../summary';
import { html, type Markup } from './html';

/** Arms whose transfer set lacks classes, before and after one bias for these (Hinton, Vinyals, Dean 2015, §3). */
export const biasSection = {
  title: 'Classes missing from the transfer set',
  content: (summary: Summary): Markup | null => {
    const { scratch, otherScratches, arms, classes, part, examples } = summary;
    const told = [scratch, ...otherScratches, ...arms].flatMap((arm) =>
      arm?.bias ? [{ arm, bias: arm.bias }] : [],
    );
    if (told.length === 0) return null;
    const say = (value: Spread | null | undefined) => (value ? accuracy(value.mean, examples[part]) : '–');
    const rowsOf = ({ arm, bias }: { arm: ArmSummary; bias: BiasSummary }) => [
      [arm.title, `all ${part}`, ...cells(bias, 'all', say)],
      ['', bias.missing.map((index) => classes[index]).join(', '), ...cells(bias, 'missing', say)],
    ];
    return html`<p class="aside">
        One number is added to the logits of the missing classes (or subtracted from those of the others,
        where these are fewer). It is chosen by accuracy on validation data; the last column chooses it on the
        test set, as the paper did, and does not count as a result.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              ${['', 'examples', 'raw', 'bias', 'corrected', 'fitted on test, as in the paper'].map(
                (text) => html`<th scope="col">${text}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${told.flatMap(rowsOf).map(
              ([title = '', ...rest]) =>
                html`<tr>
                  <th scope="row">${title}</th>
                  ${rest.map((text) => html`<td>${text}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  },
};

const cells = (
  { before, after, fitted, onTest }: BiasSummary,
  of: 'all' | 'missing',
  say: (value: Spread | null | undefined) => string,
): string[] => [
  say(before[of]),
  of === 'all' ? fixed(fitted.mean, 1, { signDisplay: 'exceptZero' }) : '',
  say(after[of]),
  say(onTest?.after[of]),
];
