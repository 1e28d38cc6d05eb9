import Table from 'cli-table3';
import { cellTable } from '../results/cells';
import { plural, points, pointsWithUnit, holmNote, verdictWord } from '../results/format';
import { sweepText } from '../results/sweepText';
import type { Comparison, Summary } from '../results/summary';
import { resultTable } from '../results/table';
import { PLAIN_TABLE } from './output';

/** --json has all of them. */
const MOST_CELLS = 20;

/** The result table, every paired difference, and the verdicts with their sentences, the headline last. */
export function resultLines(summary: Summary): string[] {
  const shown = withoutCells(summary);
  const { head, rows } = resultTable(shown, ['accuracy', 'parameters', 'size', 'latency']);
  const table = new Table({ ...PLAIN_TABLE, head, colAligns: ['left', 'left', 'right', 'right', 'right'] });
  for (const { cells } of rows) table.push(cells);
  const headlineLast = [...shown.comparisons].sort((a, b) => Number(a.primary) - Number(b.primary));
  return [
    '',
    table.toString(),
    '',
    ...sweepLines(summary),
    ...headlineLast.flatMap((one) => comparisonLines(one, summary)),
    ...failedChecks(summary),
  ];
}

/** The conditions of the headline's verdict that do not hold, and what changed after the test set was opened. */
export const failedChecks = ({ checks, afterLook }: Summary): string[] => [
  ...checks.filter(({ state }) => state === 'broken').map(({ text }) => `  ✕ ${text}`),
  ...afterLook.map((text) => `  ${text}`),
];

/** Cells of a sweep are in a table of their own, except those that the file lists. */
function withoutCells(summary: Summary): Summary {
  const arms = summary.arms.filter(({ role }) => role !== 'cell');
  const comparisons = summary.comparisons.filter(({ arm }) => arms.some(({ slug }) => slug === arm));
  return { ...summary, arms, comparisons };
}

/** The chosen cell, and the best cells on validation. */
function sweepLines(summary: Summary): string[] {
  const { sweep } = summary;
  if (sweep === null) return [];
  const { table: cells, left } = cellTable(summary, sweep, MOST_CELLS);
  const table = new Table({ ...PLAIN_TABLE, head: cells.head });
  for (const row of cells.rows) table.push(row.cells);
  const more = left > 0 ? [`and ${plural(left, 'more cell')}`] : [];
  return [table.toString(), ...more, ...sweepText(summary, sweep), ''];
}

function comparisonLines(comparison: Comparison, { arms }: Summary): string[] {
  const title = arms.find((arm) => arm.slug === comparison.arm)?.title ?? comparison.arm;
  const { part, mean, interval, decimals, perSeed, sentence } = comparison;
  const note = holmNote(comparison);
  const each = perSeed.map(({ difference }) => points(difference, decimals)).join(', ');
  const range =
    interval === null
      ? ''
      : ` (${interval.level * 100} % CI ${points(interval.low, decimals)} to ${points(interval.high, decimals)})`;
  const difference =
    mean === null
      ? `${title} − scratch: no pair of seeds yet`
      : `${title} − scratch: ${pointsWithUnit(mean, decimals)}${range} on ${part}, over ${plural(perSeed.length, 'seed')}: ${each}${note === null ? '' : `; ${note}`}`;
  return [difference, `  ${emphasize(`**${verdictWord(comparison)}**: ${sentence}`)}`];
}

/** Replaces **bold** by terminal codes, or removes the marks outside a terminal. */
export function emphasize(text: string): string {
  return text.replaceAll(/\*\*(.+?)\*\*/g, (_, bold: string) =>
    process.stdout.isTTY ? `\u001b[1m${bold}\u001b[22m` : bold,
  );
}
