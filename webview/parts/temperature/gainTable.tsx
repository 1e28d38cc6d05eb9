import {
  gainOf,
  sortedValues,
  TEMPERATURE,
  type Cell,
  type Gain,
  type Parameter,
} from '../../../src/results/laboratory/cells';
import type { Recommendation } from '../../../src/results/laboratory/recommendation';
import { accuracyText, gainText, gainTitles } from '../../models/settings';
import { formatTemperature } from '../../models/temperatureAxis';
import { gridKeys } from '../shared/gridKeys';

/** Tints go no further, so that text on them keeps 4.5 : 1. */
const STRONGEST_TINT = 40;

/** Gain over scratch by T and one other parameter, as a table with tinted cells. A cell opens its first run. */
export function GainTable(props: {
  cells: readonly Cell[];
  rows: Parameter;
  gain: Gain;
  examples: number;
  shown: string;
  recommendation: Recommendation | null;
  show: (run: string) => void;
}) {
  const { cells, rows, gain, examples, recommendation } = props;
  const temperatures = sortedValues([...new Set(cells.map(({ values }) => values[TEMPERATURE]!))]);
  const most = Math.max(1e-9, ...cells.map((cell) => Math.abs(gainOf(cell, gain)?.mean ?? 0)));
  // Each student setting has its own scratch, so a gain does not imply an accuracy.
  const reached = rows.path.startsWith('student.') && gain === 'accuracy';
  const marks = (cell: Cell) => ({
    used: cell.seeds.some(({ folder }) => folder === props.shown),
    best: cell.slug === recommendation?.arm,
    within: recommendation?.within.includes(cell.slug) ?? false,
  });
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={`Gain over scratch, T × ${rows.label}`}>
      <table class="gains" onKeyDown={gridKeys}>
        <caption class="unseen">
          {`${gainTitles[gain].caption} over scratch, percentage points, paired by seed, mean ± sd, on validation`}
        </caption>
        <thead>
          <tr>
            <th scope="col">{rows.label}</th>
            {temperatures.map((t) => (
              <th key={String(t)} scope="col">
                T {formatTemperature(Number(t))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sortedValues(rows.values)
            .toReversed()
            .map((value) => (
              <tr key={String(value)}>
                <th scope="row">
                  {rows.label} {String(value)}
                </th>
                {temperatures.map((t) => {
                  const cell = cells.find(
                    ({ values }) => values[rows.path] === value && values[TEMPERATURE] === t,
                  );
                  const text = cell && gainText(cell, gain, examples);
                  if (!cell || !text) return <td key={String(t)}>–</td>;
                  const { used, best, within } = marks(cell);
                  const mean = gainOf(cell, gain)?.mean ?? 0;
                  const tint = (STRONGEST_TINT * Math.abs(mean)) / most;
                  return (
                    <td
                      key={String(t)}
                      class={best ? 'best' : ''}
                      style={{
                        background: `color-mix(in srgb, var(--line-${mean * (gain === 'ece' ? -1 : 1) < 0 ? 'labels' : 'teacher'}) ${tint.toFixed(1)}%, var(--page-background))`,
                      }}
                    >
                      <button
                        type="button"
                        class="cell"
                        title={`Show ${cell.title}`}
                        aria-label={`${cell.title}: ${text.mean} ${text.sd ?? ''}${used ? ', shown' : ''}${best ? ', recommended' : ''}${within ? ', not distinguishable from it' : ''}`}
                        onClick={() => {
                          props.show(cell.seeds[0]?.folder ?? '');
                        }}
                      >
                        <span class={best || used ? 'strong' : ''}>
                          {text.mean}
                          {used && ' ◂'}
                          {within && ' ≈'}
                        </span>
                        <span class="aside">{text.sd}</span>
                        {reached && <span class="aside">{accuracyText(cell, examples)}</span>}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
