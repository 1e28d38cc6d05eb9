import type { Snapshot } from '../../src/messages';
import type { ArmSummary, Comparison, Summary } from '../../src/results/summary';
import type { PageState } from '../state';
import { type Measure, latencyOf, measures } from './measures';

/** One arm on the Compare page. */
export interface ArmRow {
  key: string;
  title: string;
  /** Set for arms of other experiments. */
  experiment: string | null;
  arm: ArmSummary;
  /** Null for scratch, which the others are compared with. */
  comparison: Comparison | null;
  part: Summary['part'];
}

/** Distilled arms and scratches of the experiment, then comparable ones of other experiments. */
export function armRows({ summary, others }: Snapshot): ArmRow[] {
  if (!summary) return [];
  const { arms, scratch, otherScratches, comparisons, part } = summary;
  const own = [...arms, ...(scratch ? [scratch] : []), ...otherScratches].map((arm): ArmRow => ({
    key: arm.slug,
    title: arm.title,
    experiment: null,
    arm,
    comparison: comparisons.find((one) => one.arm === arm.slug) ?? null,
    part,
  }));
  const lent = others
    .filter(({ reasons }) => reasons.length === 0)
    .flatMap((other) =>
      other.arms.map((arm): ArmRow => ({
        key: `${other.experiment}/${arm.slug}`,
        title: arm.title,
        experiment: other.experiment,
        arm,
        comparison: other.comparisons.find((one) => one.arm === arm.slug) ?? null,
        part: other.part,
      })),
    );
  const keys = new Set<string>();
  return [...own, ...lent].filter(({ key }) => !keys.has(key) && keys.add(key));
}

/** By role and by words in the title, the experiment’s name or a cell’s values; every word has to be there. */
export function filterRows(rows: readonly ArmRow[], { role, text }: PageState['armFilter']): ArmRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ arm, title, experiment }) => {
    if (role === 'cells' && arm.cell === null) return false;
    if (role === 'listed' && arm.role !== 'listed' && arm.kind !== 'scratch') return false;
    const values = Object.entries(arm.cell ?? {}).map(([path, value]) => `${path} ${value}`);
    const searched = [title, experiment ?? '', ...values].join(' ').toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

export type ArmColumn =
  'title' | 'measure' | 'difference' | 'agreement' | 'ece' | 'nll' | 'parameters' | 'latency';

/** The number that a column is sorted by; null where there is none. */
function numberIn({ arm, comparison, part }: ArmRow, column: string, measure: Measure): number | null {
  switch (column as ArmColumn) {
    case 'measure':
      return measures[measure].of(arm, part)?.mean ?? null;
    case 'difference':
      return comparison ? comparison.mean : arm.kind === 'scratch' ? 0 : null;
    case 'agreement':
      return arm.agreement?.mean ?? null;
    case 'ece':
      return arm.ece?.mean ?? null;
    case 'nll':
      return arm.nll?.mean ?? null;
    case 'parameters':
      return arm.parameters;
    case 'latency':
      return latencyOf(arm);
    case 'title':
      return null;
  }
}

/** Stable; missing numbers come last in both directions. */
export function sortRows(rows: readonly ArmRow[], order: PageState['armOrder'], measure: Measure): ArmRow[] {
  const sign = order.ascending ? 1 : -1;
  if (order.column === 'title')
    return [...rows].sort((a, b) => sign * a.title.localeCompare(b.title, undefined, { numeric: true }));
  return [...rows].sort((a, b) => {
    const [one, two] = [a, b].map((row) => numberIn(row, order.column, measure));
    if (one === null || one === undefined || two === null || two === undefined)
      return Number(one === null) - Number(two === null);
    return sign * (one - two);
  });
}
