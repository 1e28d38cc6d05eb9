import { resolveArms } from '../config/arms';
import type { Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import type { PlanItem } from './files';
import { sha256 } from './identity';
import { fromRoot, perSeed, type Planned, type PlanFacts, type RunDraft } from './planned';
import { planRuns } from './planRuns';
import { planTeacher } from './planEnsemble';

export type { PlanFacts, RunDraft } from './planned';

export interface Plan {
  /** In the order in which they are best begun: seed by seed, scratch beside distilled, so that pairs end early. */
  items: PlanItem[];
  /** What to write as run.json, by the id of the item (kinds `teacher` and `run`). */
  drafts: ReadonlyMap<string, RunDraft>;
}

/**
 * What an experiment asks for. Pure: host, command line and runner compute the same. Before the engine is chosen
 * (`numerics` null) the plan shows what will run, with identities that are not final.
 */
export function planExperiment(experiment: Experiment, facts: PlanFacts, numerics: Numerics | null): Plan {
  const arms = resolveArms(experiment);
  const planned = planTeacher(experiment, facts, numerics);
  const teachers = planned.filter(({ memberOf }) => memberOf === undefined);
  const teacherOf = (seed: number) => teachers.find((teacher) => teacher.seed === seed) ?? teachers[0]!;
  const runs = planRuns(experiment, arms, facts, numerics, teacherOf);

  const softTargets = new Map<string, PlanItem>();
  const items: PlanItem[] = planned.map((teacher) => itemOf('teacher', teacher, teacher.waitsFor ?? []));
  for (const teacher of teachers) {
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
    const teacher = teachers.find(({ identity }) => identity === run.draft.teacher?.identity);
    const cached =
      run.draft.softTargets === 'cache' && teacher ? softTargets.get(teacher.identity) : undefined;
    const waitsFor = cached ?? teacher;
    items.push(itemOf('run', run, waitsFor ? [waitsFor.id] : []));
  }
  const all = [...teachers, ...runs];
  items.push({
    id: 'evaluate',
    kind: 'evaluate',
    arm: null,
    seed: null,
    identity: sha256({ evaluate: all.map(({ identity }) => identity) }),
    waitsFor: all.map(({ id }) => id),
    folder: fromRoot(experiment, experiment.runsFolder),
  });
  return { items, drafts: new Map([...planned, ...runs].map(({ id, draft }) => [id, draft])) };
}

/** The one that students learn from; no member of it. */
export const isTeacher = ({ kind, memberOf }: PlanItem): boolean =>
  kind === 'teacher' && memberOf === undefined;

function itemOf(
  kind: 'teacher' | 'run',
  { id, arm, seed, identity, folder, memberOf }: Planned,
  waitsFor: string[],
): PlanItem {
  const item = { id, kind, arm: arm?.slug ?? null, seed, identity, waitsFor, folder };
  return memberOf === undefined ? item : { ...item, memberOf };
}
