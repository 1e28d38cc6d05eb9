import type { Laboratory } from '../../../src/results/laboratory/laboratory';
import type { Warning } from '../../../src/results/laboratory/warnings';
import { Icon } from '../shared/icon';
import { Rich } from '../shared/rich';

/** The recommended temperature, its certainty, and warnings about unfair comparisons. */
export function Advice({ laboratory }: { laboratory: Laboratory }) {
  const { recommendation, warnings } = laboratory;
  return (
    <>
      {recommendation && (
        <p class="sentence">
          <Rich text={recommendation.sentence} /> <span class="aside">{recommendation.reason}</span>
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning.text + warning.arms.join()} class="warning">
          <Icon name="warning" tone="open" /> <b>{named(warning)}</b>: {warning.text} {warning.remedy}
        </p>
      ))}
    </>
  );
}

/** Two by name, the rest by number. */
function named({ arms }: Warning): string {
  const more = arms.length - 2;
  return more > 1 ? `${arms.slice(0, 2).join(', ')} and ${more} more` : arms.join(', ');
}
