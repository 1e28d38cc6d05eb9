import type { Experiment } from '../config/resolved';
import { cellCount } from '../config/sweep/cells';
import { halvingOf, rungSteps } from '../config/sweep/halving';
import { freshSeeds, type SweepDecisions } from '../config/sweep/stages';
import { isCell } from './planByResults';
import { absoluteFolder } from './folder';
import type { Plan, RunDraft } from './plan';
import { runStatus } from './status';

/** A training, or a part of one, that is not in the plan yet because it depends on results. */
export interface FutureRun {
  /** Of a run like it. */
  draft: RunDraft;
  steps: number;
  /** Whether it is more steps of a training that the plan has already. */
  continues: boolean;
}

/** From this many on, the user is asked to confirm. */
export const MANY_TRAININGS = 500;

/** Trainings that the results will add to a plan; one that successive halving lets continue is no other training. */
export const countFutureTrainings = (experiment: Experiment, plan: Plan): number =>
  futureRuns(experiment, plan).filter(({ continues }) => !continues).length;

/** Trainings that are not finished, with those that the results will add. */
export async function countRemainingTrainings(experiment: Experiment, plan: Plan): Promise<number> {
  const runs = plan.items.filter(
    ({ kind, ended }) => (kind === 'run' || kind === 'teacher') && ended === undefined,
  );
  const states = await Promise.all(runs.map((item) => runStatus(absoluteFolder(experiment.root, item))));
  return states.filter(({ status }) => status !== 'finished').length + countFutureTrainings(experiment, plan);
}

/** What the results will add to a plan: the further rungs of successive halving, scratch's search, and fresh seeds. */
export function futureRuns(experiment: Experiment, { arms, items, drafts, choice }: Plan): FutureRun[] {
  const { sweep, scratch: search } = experiment.config;
  if (sweep === undefined) return [];
  const runOf = (slug: string | undefined) =>
    drafts.get(items.find(({ kind, arm }) => kind === 'run' && arm === slug)?.id ?? '');
  const cell = runOf(arms.find(isCell)?.slug);
  const scratch = runOf(arms.find((arm) => arm.scratch)?.slug);
  if (cell === undefined || scratch === undefined) return [];
  const whole = (draft: RunDraft, count: number) =>
    repeat({ draft, steps: draft.steps, continues: false }, count);
  const isTuned = search === 'tuned';
  const unsearched = isTuned && choice.winner === null ? cellCount(sweep) - 1 : 0;
  const unconfirmed =
    choice.winner === null || (isTuned && choice.scratch === null) ? freshSeeds(experiment).length : 0;
  return [
    ...futureRungs(experiment, choice, cell),
    ...whole(scratch, unsearched * experiment.seeds.length + unconfirmed),
    ...whole(cell, unconfirmed),
  ];
}

/** At each rung from the current one on, the best cells continue. */
function futureRungs({ config, seeds }: Experiment, choice: SweepDecisions, draft: RunDraft): FutureRun[] {
  const halving = config.sweep && halvingOf(config.sweep);
  const untils = [...choice.stages.values()].flatMap((stage) =>
    'until' in stage ? (stage.until ?? []) : [],
  );
  if (!halving || untils.length === 0) return [];
  const now = Math.max(...untils);
  const steps = [...rungSteps(halving, draft.steps).filter((step) => step > now), draft.steps];
  let [left, from] = [untils.length, now];
  return steps.flatMap((step) => {
    left = Math.max(1, Math.ceil(left / halving.factor));
    const part = { draft, steps: step - from, continues: true };
    from = step;
    return repeat(part, left * seeds.length);
  });
}

const repeat = (later: FutureRun, count: number): FutureRun[] => Array.from({ length: count }, () => later);
