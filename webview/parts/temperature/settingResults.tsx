import { useMemo } from 'preact/hooks';
import {
  gains,
  groupsBut,
  settingTitle,
  TEMPERATURE,
  type Cell,
  type Gain,
} from '../../../src/results/laboratory/cells';
import type { Laboratory } from '../../../src/results/laboratory/laboratory';
import { Figure } from '../../chart/figure';
import { settingsCsv } from '../../models/settingsCsv';
import { gainTitles, resultByTemperature } from '../../models/settings';
import { Dropdown } from '../../toolkit';
import type { View } from '../../view';
import { GainTable } from './gainTable';
import { IconButton } from '../shared/icon';
import { Segments } from '../shared/segments';

/** Results of all temperatures: by T with every seed, and T × another parameter. */
export function SettingResults({ view, laboratory }: { view: View; laboratory: Laboratory }) {
  const { calm, state, change, post } = view;
  const { cells, recommendation } = laboratory;
  const beside = groupsBut(cells, TEMPERATURE);
  const recommended = cells.cells.find(({ slug }) => slug === recommendation?.arm) ?? cells.cells[0];
  const asked = beside.find(({ title }) => title === state.setting);
  const setting = asked?.title ?? (recommended ? titleOf(recommended) : '');
  function titleOf(cell: Cell) {
    return settingTitle(cell, cells.parameters, TEMPERATURE);
  }
  const others = cells.parameters.filter(({ path, values }) => path !== TEMPERATURE && values.length > 1);
  const rows = others.find(({ path }) => path === state.rows) ?? others[0];
  const model = useMemo(
    () => resultByTemperature(calm.experiment, cells, setting, state.gain),
    [cells, setting, state.gain],
  );
  const chosen = cells.cells.find((cell) => titleOf(cell) === setting);
  const inTable = rows
    ? groupsBut(cells, TEMPERATURE, rows.path).find((group) => chosen && group.cells.includes(chosen))
    : undefined;
  return (
    <>
      <div class="controls">
        <Segments
          label="Result"
          options={gains.map((value) => ({ value, title: gainTitles[value].title }))}
          value={state.gain}
          onChange={(gain: Gain) => {
            change({ gain });
          }}
        />
        {beside.length > 1 && (
          <span class="field">
            <span aria-hidden="true">with</span>
            <Dropdown
              label="Setting beside T"
              options={beside.map(({ title }) => ({ value: title, title }))}
              value={setting}
              onChange={(value) => {
                change({ setting: value });
              }}
            />
          </span>
        )}
        {others.length > 1 && rows && (
          <Segments
            label="Rows of the table"
            options={others.map(({ path, label }) => ({ value: path, title: `T × ${label}` }))}
            value={rows.path}
            onChange={(path) => {
              change({ rows: path });
            }}
          />
        )}
      </div>
      <div class={rows ? 'columns settings' : ''}>
        <Figure size="bars" model={model} cursor={null} onCursor={null} />
        {rows && (
          <section>
            <div class="row">
              <h2>
                Gain over scratch, T × {rows.label}{' '}
                <span class="caption">
                  {gainTitles[state.gain].caption}, pp, paired by seed, mean ± sd
                  {rows.path.startsWith('student.') && state.gain === 'accuracy' && '; below: accuracy'}
                  {inTable && inTable.title !== '' && `, ${inTable.title}`}
                </span>
              </h2>
              <IconButton
                icon="export"
                label="Export the settings as CSV"
                onClick={() => {
                  post({
                    type: 'saveText',
                    name: `${calm.experiment}-settings.csv`,
                    text: settingsCsv(cells),
                  });
                }}
              />
            </div>
            <GainTable
              cells={inTable?.cells ?? []}
              rows={rows}
              gain={state.gain}
              examples={calm.summary?.examples.validation ?? 100}
              shown={calm.shown}
              recommendation={recommendation}
              show={(run) => {
                change({ run });
              }}
            />
            <p class="caption">
              ◂ shown here; outlined: best on validation; ≈ not distinguishable from it. A cell shows its
              first run.
            </p>
          </section>
        )}
      </div>
    </>
  );
}
