import { rowsOf } from './csv';
import type { ChartModel } from './model';

const MOST_ROWS = 400;

/** The chart's own numbers as a table: what is named in it, thinned where there are very many rows (the CSV has all). */
export function ChartTable({
  model,
  onKeyDown,
}: {
  model: ChartModel;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const named = model.series.filter((s) => s.rank !== 'raw' && s.rank !== 'seed');
  const all = rowsOf(named);
  const every = Math.ceil(all.length / MOST_ROWS);
  const rows = all.filter((_, i) => i % every === 0 || i === all.length - 1);
  return (
    <div
      class="chart-table"
      role="region"
      tabIndex={0}
      aria-label={`${model.title}, table`}
      onKeyDown={onKeyDown}
    >
      <table>
        <caption class="unseen">{`${model.title}, ${model.caption}`}</caption>
        <thead>
          <tr>
            <th scope="col">{model.x.name}</th>
            {named.map((series) => (
              <th key={series.name} scope="col">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.x}>
              <th scope="row">{model.x.format(row.x)}</th>
              {row.values.map((value, i) => (
                <td key={i} data-value={value ?? ''}>
                  {value === null ? '–' : model.y.format(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {every > 1 && (
        <p class="note">
          Every {every}th row; the CSV export has all {all.length}.
        </p>
      )}
    </div>
  );
}
