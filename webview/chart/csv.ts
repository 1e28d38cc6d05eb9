import { type ChartModel, type ChartSeries, isNumber } from './model';

export type Cell = string | number | null;

const field = (cell: Cell): string => {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, numbers unrounded. */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => row.map(field).join(',') + '\r\n').join('');

/** One row for each x that any of the series has, one column a series; null where a series has no value. */
export function rowsOf(series: readonly ChartSeries[]): { x: number; values: (number | null)[] }[] {
  const columns = series.map((s) => new Map(s.x.map((x, i) => [x, (s.values ?? s.y)[i] ?? null] as const)));
  const xs = [...new Set(series.flatMap((s) => s.x))].sort((a, b) => a - b);
  return xs.map((x) => ({
    x,
    values: columns.map((column) => {
      const value = column.get(x);
      return isNumber(value) ? value : null;
    }),
  }));
}

/** Everything that the chart draws, other seeds and overlays included. */
export function chartCsv(model: ChartModel): string {
  const { x, series } = model;
  const name = (at: number) => (x.ticks ? x.format(at) : at);
  return toCsv([
    [x.name, ...series.map((s) => s.name)],
    ...rowsOf(series).map((row) => [name(row.x), ...row.values]),
  ]);
}
