import Table from 'cli-table3';
import { decimalsFor, plural, points, pointsWithUnit } from '../results/format';
import type { Comparison, Summary } from '../results/summary';
import { resultTable } from '../results/table';
import { PLAIN_TABLE } from './tables';

/** The table of an experiment, every paired difference, and the verdicts with their sentences: the headline last. */
export function resultLines(summary: Summary): string[] {
  const { head, rows } = resultTable(summary, ['accuracy', 'parameters', 'size', 'latency']);
  const table = new Table({ ...PLAIN_TABLE, head, colAligns: ['left', 'left', 'right', 'right', 'right'] });
  for (const { cells } of rows) table.push(cells);
  const headlineLast = [...summary.comparisons].sort((a, b) => Number(a.primary) - Number(b.primary));
  return ['', table.toString(), '', ...headlineLast.flatMap((one) => comparisonLines(one, summary))];
}

function comparisonLines(comparison: Comparison, { arms, examples }: Summary): string[] {
  const title = arms.find((arm) => arm.slug === comparison.arm)?.title ?? comparison.arm;
  const { part, mean, interval, perSeed, verdict, sentence } = comparison;
  const decimals = decimalsFor(examples[part]);
  const each = perSeed.map(({ difference }) => points(difference, decimals)).join(', ');
  const range =
    interval === null
      ? ''
      : ` (${interval.level * 100} % CI ${points(interval.low, decimals)} to ${points(interval.high, decimals)})`;
  const difference =
    mean === null
      ? `${title} − scratch: no pair of seeds yet`
      : `${title} − scratch: ${pointsWithUnit(mean, decimals)}${range} on ${part}, over ${plural(perSeed.length, 'seed')}: ${each}`;
  return [difference, `  ${emphasize(`**${verdict}**: ${sentence}`)}`];
}

/** **bold** as the terminal shows it, or without its marks. */
export function emphasize(text: string): string {
  return text.replaceAll(/\*\*(.+?)\*\*/g, (_, bold: string) =>
    process.stdout.isTTY ? `\u001b[1m${bold}\u001b[22m` : bold,
  );
}
