import type { Numerics } from '../config/numerics';
import { resolveArms } from '../config/resolveArms';
import type { Arm, Experiment } from '../config/resolved';
import type { Stage } from '../config/sweep/halving';
import { NO_DECISIONS, type SweepDecisions } from '../config/sweep/stages';
import type { PlanItem } from './files';
import { sha256 } from './identity';
import { factsOf, fromRoot, perSeed, type Planned, type PlanFacts, type RunDraft } from './planned';
import { planRuns } from './planRuns';
import { planTeacher } from './planEnsemble';

export type { PlanFacts, RunDraft } from './planned';

export interface Plan {
  /** What the results decided. */
  choice: SweepDecisions;
  arms: readonly Arm[];
  /** In the order in which they should start: seed by seed, scratch next to distilled, so that pairs finish early. */
  items: PlanItem[];
  /** What to write as run.json, by the id of the item (kinds `teacher` and `run`). */
  drafts: ReadonlyMap<string, RunDraft>;
}

/**
 * What an experiment asks for. Pure: host, command line and runner compute the same. Before the engine is chosen
 * (`numerics` null) the plan shows what will run, with identities that are not final; before a sweep's cells are done it
 * does not hold yet what is chosen by them.
 */
export function planExperiment(
  experiment: Experiment,
  facts: PlanFacts,
  numerics: Numerics | null,
  choice: SweepDecisions = NO_DECISIONS,
): Plan {
  const arms = resolveArms(experiment, choice);
  const teachers = teachersOf(experiment, arms, facts, numerics);
  const runs = planRuns(arms, facts, numerics, teachers.of);

  const softTargets = new Map<string, PlanItem>();
  const items: PlanItem[] = teachers.all.map((teacher) => itemOf('teacher', teacher, teacher.waitsFor ?? []));
  for (const teacher of teachers.all) {
    const users = runs.filter((run) => run.draft.teacher?.identity === teacher.identity);
    if (!users.some((run) => run.draft.softTargets === 'cache')) continue;
    const topK = users.find((run) => run.draft.topK !== undefined)?.draft.topK;
    const item: PlanItem = {
      id: teacher.id.replace('teacher', 'soft-targets'),
      kind: 'softTargets',
      arm: null,
      seed: perSeed(experiment, facts) ? teacher.seed : null,
      identity: sha256({ softTargets: teacher.identity, ...(topK !== undefined && { topK }) }),
      waitsFor: [teacher.id],
      folder: teacher.folder,
    };
    softTargets.set(teacher.identity, item);
    items.push(item);
  }
  for (const run of runs) {
    const teacher = teachers.all.find(({ identity }) => identity === run.draft.teacher?.identity);
    const cached =
      run.draft.softTargets === 'cache' && teacher ? softTargets.get(teacher.identity) : undefined;
    // Measuring a saved teacher is quick, and scratch is not needed where nothing can be learned from it.
    const own = run.arm && !teacher ? teachers.of(run.arm, run.seed) : undefined;
    const measured = own && isMeasuredOnly(own, teachers.all) ? own : undefined;
    const waitsFor = cached ?? teacher ?? measured;
    const stage = choice.stages.get(run.arm?.slug ?? '');
    items.push({ ...itemOf('run', run, waitsFor ? [waitsFor.id] : []), ...stageOf(stage) });
  }
  const ended = new Set(items.filter((item) => item.ended !== undefined).map(({ id }) => id));
  const all = [...teachers.all, ...runs];
  // A member is not tried: only the ensemble teaches.
  const tried = all.filter(({ id, memberOf }) => !ended.has(id) && memberOf === undefined);
  items.push({
    id: 'evaluate',
    kind: 'evaluate',
    arm: null,
    seed: null,
    identity: sha256({ evaluate: tried.map(({ identity }) => identity) }),
    waitsFor: tried.map(({ id }) => id),
    folder: fromRoot(experiment, experiment.runsFolder),
  });
  return {
    choice,
    arms,
    items,
    drafts: new Map(all.map(({ id, draft }) => [id, draft])),
  };
}

/** Every teacher once, whatever number of arms share it; the one that the files name first. */
function teachersOf(
  experiment: Experiment,
  arms: readonly Arm[],
  facts: PlanFacts,
  numerics: Numerics | null,
): { all: Planned[]; of: (arm: Arm, seed: number) => Planned } {
  const seeds = [...new Set(arms.flatMap((arm) => arm.seeds))];
  const all = new Map<string, Planned>();
  const bySetting = new Map<string, Planned[]>();
  const keyOf = ({ teacher, config }: Experiment) => JSON.stringify([teacher.config, config.data]);
  for (const setting of [experiment, ...arms.map((arm) => arm.setting)]) {
    const key = keyOf(setting);
    if (bySetting.has(key)) continue;
    const about = { ...factsOf(facts, setting), folders: facts.folders };
    const planned = planTeacher(setting, about, numerics, seeds, setting === experiment);
    // Ensembles may share members, which then have the id that they were planned with first.
    const idOf = (id: string) => all.get(planned.find((one) => one.id === id)!.identity)!.id;
    for (const teacher of planned)
      if (!all.has(teacher.identity))
        all.set(teacher.identity, { ...teacher, waitsFor: teacher.waitsFor?.map(idOf) ?? [] });
    bySetting.set(
      key,
      planned.flatMap(({ identity, memberOf }) => (memberOf === undefined ? all.get(identity)! : [])),
    );
  }
  const of = ({ setting }: Arm, seed: number) => {
    const own = bySetting.get(keyOf(setting))!;
    return own.find((teacher) => teacher.seed === seed) ?? own[0]!;
  };
  return { all: [...all.values()], of };
}

/** Whether nothing is trained for a teacher: it is saved, or made of saved ones. */
function isMeasuredOnly({ draft, waitsFor = [] }: Planned, all: readonly Planned[]): boolean {
  if (draft.network.model !== undefined) return true;
  const members = all.filter(({ id }) => waitsFor.includes(id));
  return members.length > 0 && members.every((member) => member.draft.network.model !== undefined);
}

/** The one that students learn from; no member of it. */
export const isTeacher = ({ kind, memberOf }: PlanItem): boolean =>
  kind === 'teacher' && memberOf === undefined;

function stageOf(stage: Stage | undefined): Pick<PlanItem, 'until' | 'ended'> {
  if (stage === undefined) return {};
  if ('ended' in stage) return stage;
  return stage.until === null ? {} : { until: stage.until };
}

function itemOf(
  kind: 'teacher' | 'run',
  { id, arm, seed, identity, folder, memberOf }: Planned,
  waitsFor: string[],
): PlanItem {
  const item = { id, kind, arm: arm?.slug ?? null, seed, identity, waitsFor, folder };
  return memberOf === undefined ? item : { ...item, memberOf };
}
