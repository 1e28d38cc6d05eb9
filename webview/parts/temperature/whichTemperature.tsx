import { TEMPERATURE } from '../../../src/results/laboratory/cells';
import type { Laboratory } from '../../../src/results/laboratory/laboratory';
import { Button } from '../../toolkit';
import type { View } from '../../view';
import { Advice } from './advice';
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
