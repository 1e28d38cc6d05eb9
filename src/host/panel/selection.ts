import { inPlan, isActive, statusOf, type ExperimentView, type RunView } from '../store/views';

/** The run that a page shows (null: chosen automatically, following a running plan), and runs drawn over it. */
export interface Selection {
  run: string | null;
  overlays: readonly string[];
}

export type Role = 'shown' | 'counterpart' | 'otherSeed' | 'overlay';

/** The selected run, otherwise the most interesting one at the moment. */
export function shownRun(view: ExperimentView, { run }: Selection): RunView | null {
  const asked = view.runs.find((one) => one.id === run);
  return asked ?? [...view.runs].sort(byInterest(view))[0] ?? null;
}

/** The primary arm first, once it has started; of its seeds the one that trains, or trained last. */
function byInterest(view: ExperimentView): (a: RunView, b: RunView) => number {
  const primary = view.arms.find((arm) => arm.primary)?.slug;
  const rank = (run: RunView) =>
    [
      inPlan(run) || !view.runnable,
      statusOf(run) !== 'queued',
      run.kind !== 'teacher',
      run.kind === 'distilled',
      primary !== undefined && run.spec?.arm?.slug === primary,
      statusOf(run) === 'running',
    ].reduce((sum, holds) => 2 * sum + Number(holds), 0);
  const newest = (run: RunView) => (isActive(view) ? (run.state.time ?? 0) : -run.seed);
  return (a, b) => rank(b) - rank(a) || newest(b) - newest(a);
}

/** All runs whose curves are drawn, in drawing order: shown run, counterpart, other seeds of both arms, overlays. */
export function drawnRuns(view: ExperimentView, selection: Selection): { run: RunView; role: Role }[] {
  const shown = shownRun(view, selection);
  if (!shown) return [];
  const counterArm = counterpartArm(view, shown);
  const current = view.runs.filter((run) => inPlan(run) === inPlan(shown) && run.kind !== 'teacher');
  const ofArm = (slug: string | undefined) =>
    slug === undefined ? [] : current.filter((run) => run.spec?.arm?.slug === slug);
  const counterparts = ofArm(counterArm);
  const counterpart = counterparts.find((run) => run.seed === shown.seed);
  const others = [...ofArm(shown.spec?.arm?.slug), ...counterparts];
  const overlays = view.runs.filter((run) => selection.overlays.includes(run.id));
  const drawn = new Map<string, { run: RunView; role: Role }>();
  const add = (run: RunView, role: Role) => drawn.has(run.id) || drawn.set(run.id, { run, role });
  add(shown, 'shown');
  if (counterpart) add(counterpart, 'counterpart');
  for (const run of overlays) add(run, 'overlay');
  for (const run of others) if (statusOf(run) !== 'queued') add(run, 'otherSeed');
  const order: Role[] = ['shown', 'counterpart', 'otherSeed', 'overlay'];
  return [...drawn.values()].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

/** The scratch that a distilled arm is paired with; for scratch, an arm paired with it; none for a teacher. */
function counterpartArm(view: ExperimentView, shown: RunView): string | undefined {
  const own = shown.spec?.arm?.slug;
  if (shown.kind === 'teacher') return undefined;
  if (shown.kind === 'scratch') {
    const paired = view.arms.filter(({ slug, scratch }) => !scratch && scratchOf(view, slug) === own);
    return (paired.find(({ primary }) => primary) ?? paired[0])?.slug;
  }
  return own === undefined ? undefined : scratchOf(view, own);
}

/** From the plan, or from results for runs that are not in the plan. */
function scratchOf({ arms, summary }: ExperimentView, arm: string): string | undefined {
  const planned = arms.find(({ slug }) => slug === arm);
  if (planned) return planned.pairedWith ?? undefined;
  const compared = summary?.comparisons.find((one) => one.arm === arm);
  return compared?.scratch ?? arms.find(({ scratch }) => scratch)?.slug ?? 'scratch';
}
