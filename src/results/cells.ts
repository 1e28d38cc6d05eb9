import { count, gain, pValue, spread as accuracy, verdictWord } from './format';
import { spread } from '../sampleStatistics';
import type { ArmSummary, Comparison, Summary, SweepSummary } from './summary';
import { valueText } from './sweepText';
import { UNKNOWN, type Table } from './table';
import { own } from '../own';

/** The cells of a sweep, the best on validation first, each against the scratch that shares its other parameters. */
export function cellTable(
  summary: Summary,
  sweep: SweepSummary,
  most: number,
): { table: Table; left: number } {
  const cells = summary.arms
    .filter(({ cell, role }) => cell !== null && role !== 'confirmation')
    .sort((a, b) => (b.validation?.mean ?? -1) - (a.validation?.mean ?? -1));
  return {
    table: {
      head: [
        '',
        ...sweep.parameters.map(({ label }) => label),
        'validation accuracy',
        `${summary.part} gain over its scratch, pp`,
        'p (Holm)',
        'verdict',
      ],
      rows: cells.slice(0, most).map((arm) => ({ kind: arm.kind, cells: cellsOf(arm, summary, sweep) })),
    },
    left: Math.max(0, cells.length - most),
  };
}

function cellsOf(arm: ArmSummary, summary: Summary, sweep: SweepSummary): string[] {
  const comparison = summary.comparisons.find((one) => one.arm === arm.slug) ?? null;
  const validation =
    arm.validation && accuracy(arm.validation, summary.examples.validation, arm.seeds.length);
  return [
    arm.slug === sweep.winner ? `${arm.title} (chosen)` : arm.title,
    ...sweep.parameters.map(({ path }) => valueText(own(arm.cell, path))),
    validation ?? UNKNOWN,
    gainOf(comparison),
    probability(comparison),
    verdictOf(arm, comparison, summary),
  ];
}

function verdictOf({ ended }: ArmSummary, comparison: Comparison | null, { complete }: Summary): string {
  if (ended !== null) return `ended at step ${count(ended)}`;
  return complete ? (comparison ? verdictWord(comparison) : UNKNOWN) : 'sealed';
}

function gainOf(comparison: Comparison | null): string {
  const over = comparison && spread(comparison.perSeed.map(({ difference }) => difference));
  return over ? gain(over, comparison.decimals) : UNKNOWN;
}

/** Corrected for the number of arms; the headline's own, which is not one of many. */
function probability(comparison: Comparison | null): string {
  const p = comparison?.pHolm ?? comparison?.p ?? null;
  return p === null ? UNKNOWN : pValue(p);
}
