import { TEMPERATURE } from '../../../src/results/laboratory/cells';
import type { Laboratory } from '../../../src/results/laboratory/laboratory';
import type { Warning } from '../../../src/results/laboratory/warnings';
import { Button } from '../../toolkit';
import type { View } from '../../view';
import { Icon } from '../shared/icon';
import { Rich } from '../shared/rich';
import { SettingResults } from './settingResults';

/** Which T should it be? The answer first, then what it rests on. */
export function WhichTemperature({ view, laboratory }: { view: View; laboratory: Laboratory }) {
  const { parameters, cells } = laboratory.cells;
  const temperatures = parameters.find(({ path }) => path === TEMPERATURE)?.values ?? [];
  return (
    <section class="which">
      <h2>
        Which temperature? <span class="caption">from validation data only</span>
      </h2>
      <Advice laboratory={laboratory} />
      {temperatures.length > 1 ? (
        <SettingResults view={view} laboratory={laboratory} />
      ) : (
        cells.length > 0 && (
          <div class="nothing">
            <p>One temperature so far, T {String(temperatures[0])}.</p>
            <Button
              disabled={!view.calm.trusted}
              onClick={() => {
                view.command('sweep');
              }}
            >
              Sweep T × α…
            </Button>
          </div>
        )
      )}
    </section>
  );
}

/** The recommended temperature, its certainty, and warnings about unfair comparisons. */
function Advice({ laboratory }: { laboratory: Laboratory }) {
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
