import type { OtherArms } from '../../messages';
import { comparable, type ComparisonBasis } from '../../results/comparable';
import type { ArmSummary, Summary } from '../../results/summary';
import { settingOf } from '../../runs/setting';
import { inPlan, type ExperimentView } from '../store/views';

/** Identifies an arm of an experiment for the page. */
export const armId = (experiment: string, arm: string) => `${experiment}#${arm}`;

/** The arms of other experiments that the user added for comparison; deleted ones are left out. */
export function otherArms(
  view: ExperimentView,
  experiments: readonly ExperimentView[],
  ids: readonly string[],
): OtherArms[] {
  const own = settingOfView(view);
  return experiments.flatMap((other) => {
    const { summary, key, name } = other;
    if (!summary || key === view.key) return [];
    const named = summary.arms.filter(({ slug }) => ids.includes(armId(key, slug)));
    const theirs = settingOfView(other);
    return named.map((arm): OtherArms => ({
      id: armId(key, arm.slug),
      experiment: name,
      ...(own && theirs ? comparable(own, theirs) : { reasons: [], notes: [] }),
      part: summary.part,
      arms: [...scratchOf(summary, arm), arm],
      comparisons: summary.comparisons.filter((one) => one.arm === arm.slug),
    }));
  });
}

function scratchOf({ scratch, otherScratches, comparisons }: Summary, { slug }: ArmSummary): ArmSummary[] {
  const wanted = comparisons.find((one) => one.arm === slug)?.scratch;
  return [scratch, ...otherScratches].flatMap((arm) => (arm && arm.slug === wanted ? [arm] : []));
}

/** Null before any run is known. */
export function settingOfView(view: ExperimentView): ComparisonBasis | null {
  const runs = view.runs.filter((run) => inPlan(run) || !view.runnable).flatMap(({ spec }) => spec ?? []);
  return settingOf(view.name, view.summary?.minGain ?? 0, runs, view.engine?.numerics ?? null);
}
