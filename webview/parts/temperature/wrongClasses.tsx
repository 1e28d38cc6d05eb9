import { orderAgreement, wrongClasses } from '../../../src/results/laboratory/order';
import type { Probe } from '../../../src/messages';
import { fixed } from '../../../src/results/format';

const MOST_RANKS = 5;

/** The order of the wrong classes for each network: what the teacher knows beyond the label, and whether the student learned it. */
export function WrongClasses({ probe, name }: { probe: Probe; name: (index: number) => string }) {
  const networks = (['teacher', 'student', 'scratch'] as const).flatMap((who) => {
    const logits = probe[who];
    return logits === null ? [] : [{ who, logits, order: wrongClasses(logits, probe.label) }];
  });
  const [first] = networks;
  if (first === undefined || networks.length < 2) return null;
  const ranks = first.order.slice(0, MOST_RANKS);
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Order of the wrong classes">
      <table class="order">
        <caption>
          Wrong classes, likeliest first{' '}
          <span class="caption">the same at every T; ≠ differs from {first.who}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">network</span>
            </th>
            {ranks.map((_, i) => (
              <th key={i} scope="col">
                {i + 1}
              </th>
            ))}
            <th scope="col">Kendall τ</th>
          </tr>
        </thead>
        <tbody>
          {networks.map(({ who, logits, order }) => (
            <tr key={who}>
              <th scope="row">{who}</th>
              {ranks.map((wanted, i) => (
                <td key={i} class={order[i] === wanted ? '' : 'differs'}>
                  {order[i] !== wanted && <span class="aside">≠ </span>}
                  {name(order[i] ?? 0)}
                </td>
              ))}
              <td class="aside">
                {who === first.who ? '' : fixed(orderAgreement(first.logits, logits, probe.label), 2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
