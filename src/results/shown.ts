import type { ArmSummary, Comparison, Summary } from './summary';

/** Most rows shown individually. */
const MOST_ARMS = 24;

/** Arms that are shown by themselves, each with its scratch, and how many are not. */
export interface Shown {
  /** Those of the arms below, the headline's first. */
  scratches: ArmSummary[];
  arms: ArmSummary[];
  left: number;
}

/** Listed arms, the headline, and of a sweep its winner and what confirms it: the other cells have a table of their own. */
export function shownArms(summary: Summary, most = MOST_ARMS): Shown {
  const headline = headlineOf(summary)?.arm;
  const singled = ({ slug, role }: ArmSummary) =>
    role !== 'cell' || slug === headline || slug === summary.sweep?.winner;
  const wanted = summary.arms.filter(singled);
  const arms = wanted.filter((arm, i) => i < most || arm.slug === headline);
  const beside = new Set(
    arms.map(({ slug }) => summary.comparisons.find((one) => one.arm === slug)?.scratch),
  );
  const others = summary.otherScratches.filter(({ slug }) => beside.has(slug));
  return {
    scratches: [...(summary.scratch ? [summary.scratch] : []), ...others],
    arms,
    left: wanted.length - arms.length,
  };
}

export const headlineOf = ({ comparisons }: Pick<Summary, 'comparisons'>): Comparison | null =>
  comparisons.find((one) => one.primary) ?? null;
