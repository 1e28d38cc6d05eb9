import { points, holmNote, verdictWord } from '../../../src/results/format';
import type { ArmSummary, Summary } from '../../../src/results/summary';
import { Icon } from '../shared/icon';
import { Mean } from './resultTable';
import { Rich } from '../shared/rich';
import { verdictLook } from './verdict';

/** The cells of a sweep are on the Compare page. */
const isShown = ({ role }: ArmSummary) => role !== 'cell';

/** Every distilled arm with its difference and verdict, where there is more than the headline's. */
export function ArmTable({ summary }: { summary: Summary }) {
  const examples = summary.examples[summary.part];
  const shown = summary.arms.filter(isShown);
  if (shown.length < 2) return null;
  return (
    <section>
      <h2>
        All arms{' '}
        <span class="caption">
          against scratch, paired by seed; verdicts of all arms except the headline's are corrected (Holm)
        </span>
      </h2>
      <div class="scroll" role="region" tabIndex={0} aria-label="All arms">
        <table class="arms">
          <thead>
            <tr>
              <th scope="col">Arm</th>
              <th scope="col">{summary.part === 'test' ? 'Test accuracy' : 'Validation accuracy'}</th>
              <th scope="col">Difference, pp</th>
              <th scope="col">CI</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((arm) => {
              const comparison = summary.comparisons.find((c) => c.arm === arm.slug);
              const interval = comparison?.interval;
              const look = comparison && verdictLook(comparison);
              const note = comparison && holmNote(comparison);
              return (
                <tr key={arm.slug}>
                  <th scope="row">
                    {arm.title}
                    {comparison?.primary && <span class="aside"> headline</span>}
                    {arm.transferSet === 'all' && <span class="aside"> also unlabelled examples</span>}
                  </th>
                  <td data-name="accuracy">
                    <Mean spread={arm[summary.part]} examples={examples} planned={summary.planned.seeds} />
                  </td>
                  <td data-name="difference, pp">
                    {!comparison || comparison.mean === null
                      ? '–'
                      : points(comparison.mean, comparison.decimals)}
                  </td>
                  <td class="aside" data-name="CI">
                    {interval
                      ? `${points(interval.low, comparison.decimals)} to ${points(interval.high, comparison.decimals)}`
                      : '–'}
                    {note && <span class="aside holm">{note}</span>}
                  </td>
                  <td class="sentence-cell">
                    {comparison && look && (
                      <>
                        <span class="token">
                          <Icon name={look.icon} tone={look.tone} /> {verdictWord(comparison)}
                        </span>{' '}
                        <span class="aside">
                          <Rich text={comparison.sentence} />
                        </span>
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
