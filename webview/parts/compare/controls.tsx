import { plural } from '../../../src/results/format';
import { measureNames, measures } from '../../models/measures';
import { Button, Dropdown } from '../../toolkit';
import type { View } from '../../view';
import { Segments } from '../shared/segments';

/** Measure and filter of the arms. */
export function Controls({ view, shown, all }: { view: View; shown: number; all: number }) {
  const { state, change, calm } = view;
  const { role, text } = state.armFilter;
  const hasCells = calm.summary?.arms.some((arm) => arm.cell !== null) ?? false;
  return (
    <div class="controls">
      <span class="field">
        <span aria-hidden="true">Measure</span>
        <Dropdown
          label="Measure"
          options={measureNames.map((name) => ({ value: name, title: measures[name].title }))}
          value={state.measure}
          onChange={(value) => {
            const measure = measureNames.find((name) => name === value);
            if (measure)
              change({
                measure,
                armOrder: { column: 'measure', ascending: measures[measure].better === 'low' },
              });
          }}
        />
      </span>
      {hasCells && (
        <Segments
          label="Arms"
          options={[
            { value: 'all', title: 'All' },
            { value: 'listed', title: 'Listed' },
            { value: 'cells', title: 'Cells' },
          ]}
          value={role}
          onChange={(value) => {
            change({ armFilter: { role: value, text } });
          }}
        />
      )}
      <input
        type="search"
        class="filter"
        aria-label="Filter arms by words"
        placeholder="Filter, e.g. T 4"
        value={text}
        onInput={(event) => {
          change({ armFilter: { role, text: event.currentTarget.value } });
        }}
      />
      <span class="caption" role="status">
        {shown < all ? `${shown} of ${all} arms` : plural(all, 'arm')}
      </span>
      <Button
        onClick={() => {
          view.command('compare');
        }}
      >
        Compare with…
      </Button>
    </div>
  );
}
