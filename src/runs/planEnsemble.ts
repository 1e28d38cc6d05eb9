import type { Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import { shortHash } from './identity';
import type { Planned, PlanFacts, SettingFacts } from './planned';
import { planSpecialists } from './planSpecialists';
import { planTeachers } from './planTeachers';
import { planEnsembleRun, type NamedTeacher } from './ensembleRun';

export type TeacherFacts = SettingFacts & Pick<PlanFacts, 'folders'>;

/**
 * The teacher as the plan has it. One that is several comes after those, each of which is a teacher like any other, and
 * found by others under its own identity; it is itself a run that trains nothing, and waits for them.
 */
export function planTeacher(
  experiment: Experiment,
  facts: TeacherFacts,
  numerics: Numerics | null,
  seeds: readonly number[],
  first: boolean,
): Planned[] {
  const { ensemble, generalist } = experiment.teacher;
  const alone = (teacher: Experiment['teacher'], i: number): NamedTeacher => {
    const { members, takenOff } = facts.models;
    const models = {
      ...facts.models,
      teacher: members?.[i] ?? null,
      takenOff: { teacher: takenOff?.members?.[i] ?? null },
    };
    const [planned] = planTeachers({ ...experiment, teacher }, { ...facts, models }, numerics, seeds, first);
    return { name: teacher.name, planned: planned! };
  };
  if (!ensemble && !generalist) return planTeachers(experiment, facts, numerics, seeds, first);
  const members = ensemble ? ensemble.members.map(alone) : planSpecialists(experiment, facts, alone);
  const all = planEnsembleRun(experiment, facts, members, ensemble?.average ?? 'specialists');
  const id = first ? 'teacher' : `teacher-${shortHash(all.recipe)}`;
  const idOf = (i: number) =>
    `${id}/${ensemble ? `member-${i + 1}` : i === 0 ? 'generalist' : `specialist-${i}`}`;
  const named = members.map(({ planned }, i): Planned => {
    const waitsFor = generalist && i > 0 ? [idOf(0)] : [];
    return { ...planned, id: idOf(i), memberOf: id, waitsFor };
  });
  return [...named, { ...all, id, waitsFor: named.map((member) => member.id) }];
}
