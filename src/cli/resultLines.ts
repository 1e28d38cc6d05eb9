import Table from 'cli-table3';
import { count, decimalsFor, percent, percentage, plural, points, pointsWithUnit } from '../results/format';
import { spread } from '../results/statistics';
import type { Comparison, Summary } from '../results/summary';
import { resultTable } from '../results/table';
import { PLAIN_TABLE } from './tables';

/** More would not be read in a terminal; --json has all. */
const MOST_CELLS = 20;

/** The table of an experiment, every paired difference, and the verdicts with their sentences: the headline last. */
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
  ];
}

/** The cells of a sweep stand in a table of their own, but for those that the file lists. */
function withoutCells(summary: Summary): Summary {
  const arms = summary.arms.filter(({ role }) => role !== 'cell');
  const comparisons = summary.comparisons.filter(({ arm }) => arms.some(({ slug }) => slug === arm));
  return { ...summary, arms, comparisons };
}

/** The best cells on validation, with what each gains over its scratch; then what choosing the best flatters. */
function sweepLines({ sweep, arms, comparisons, examples }: Summary): string[] {
  if (sweep === null) return [];
  const cells = arms
    .filter((arm) => arm.cell !== null)
    .sort((a, b) => (b.validation?.mean ?? -1) - (a.validation?.mean ?? -1));
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['cell, best on validation first', 'validation', 'test', 'gain over scratch, pp', ''],
    colAligns: ['left', 'right', 'right', 'right', 'left'],
  });
  for (const { slug, title, validation, test, ended } of cells.slice(0, MOST_CELLS)) {
    const { part = 'test', perSeed = [], verdict = '' } = comparisons.find(({ arm }) => arm === slug) ?? {};
    const gain = spread(perSeed.map(({ difference }) => difference));
    const decimals = decimalsFor(examples[part]);
    table.push([
      title,
      validation ? percent(validation.mean, decimalsFor(examples.validation)) : '–',
      test ? percent(test.mean, decimalsFor(examples.test)) : '–',
      gain ? `${points(gain.mean, decimals)} ± ${percentage(gain.sd, decimals)}` : '–',
      slug === sweep.winner ? 'chosen' : ended === null ? verdict : `ended at step ${count(ended)}`,
    ]);
  }
  const more = cells.length > MOST_CELLS ? [`and ${plural(cells.length - MOST_CELLS, 'more cell')}`] : [];
  return [table.toString(), ...more, ...optimismLine({ sweep, examples }), ''];
}

function optimismLine({ sweep, examples }: Pick<Summary, 'sweep' | 'examples'>): string[] {
  if (!sweep?.optimism) return [];
  const { chosen, confirmed } = sweep.optimism;
  const told = (share: number) => pointsWithUnit(share, decimalsFor(examples.validation));
  return [`Gain on validation: ${told(chosen)} where it was chosen, ${told(confirmed)} on fresh seeds.`];
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
