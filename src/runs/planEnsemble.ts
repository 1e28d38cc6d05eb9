import type { Numerics } from '../config/numerics';
import type { Experiment, TeacherFile } from '../config/resolved';
import { identityOf, shortHash, type Recipe } from './identity';
import { chooseFolders } from './places';
import { draftBase, type Planned, type PlanFacts, type SettingFacts } from './planned';
import { planTeachers } from './planTeachers';

type TeacherFacts = SettingFacts & Pick<PlanFacts, 'folders'>;

/**
 * The teacher as the plan has it. One that is an ensemble comes after its members, each of which is a teacher like any
 * other, and found by others under its own identity; the ensemble is a run that trains nothing, and waits for them.
 */
export function planTeacher(
  experiment: Experiment,
  facts: TeacherFacts,
  numerics: Numerics | null,
  seeds: readonly number[],
  first: boolean,
): Planned[] {
  const { ensemble } = experiment.teacher;
  if (!ensemble) return planTeachers(experiment, facts, numerics, seeds, first);
  const members = ensemble.members.map((teacher, i): Planned => {
    const models = { ...facts.models, teacher: facts.models.members?.[i] ?? null };
    const [member] = planTeachers({ ...experiment, teacher }, { ...facts, models }, numerics, seeds, first);
    return member!;
  });
  const all = together(experiment, facts, members, ensemble.average);
  const id = first ? 'teacher' : `teacher-${shortHash(all.recipe)}`;
  const named = members.map((member, i) => ({ ...member, id: `${id}/member-${i + 1}`, memberOf: id }));
  return [...named, { ...all, id, waitsFor: named.map((member) => member.id) }];
}

function together(
  experiment: Experiment,
  facts: TeacherFacts,
  members: readonly Planned[],
  average: NonNullable<TeacherFile['ensemble']>['average'],
): Planned {
  const [first] = members;
  const { teacher } = experiment;
  const recipe: Recipe = {
    ...first!.recipe,
    network: { ensemble: { average, members: members.map(({ identity }) => identity) } },
    training: null,
  };
  const identity = identityOf(recipe, 0);
  const parent = first!.folder.slice(0, first!.folder.lastIndexOf('/'));
  const [folder] = chooseFolders([{ parent, name: teacher.name, hash: identity.slice(0, 6) }], facts.folders);
  return {
    ...first!,
    seed: 0,
    recipe,
    identity,
    folder: folder!,
    draft: {
      ...first!.draft,
      ...draftBase(experiment, folder!),
      seed: 0,
      identity,
      network: {},
      ensemble: {
        average,
        members: members.map((member, i) => ({
          name: teacher.ensemble!.members[i]!.name,
          identity: member.identity,
          folder: member.folder,
          seed: member.seed,
        })),
      },
      steps: 0,
      origins: teacher.origins,
    },
  };
}
