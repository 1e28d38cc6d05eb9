import type { Experiment, TeacherFile } from '../config/resolved';
import type { PlanFacts } from './planned';
import { referenceTo, withNetwork, type NamedTeacher } from './ensembleRun';

/**
 * A generalist and its specialists, that order. Which classes a specialist takes is known once the generalist is trained, so
 * its recipe says whose specialist it is, and which of how many.
 *
 * @param alone plans a teacher that is one network
 */
export function planSpecialists(
  experiment: Experiment,
  facts: Pick<PlanFacts, 'folders'>,
  alone: (teacher: TeacherFile, index: number) => NamedTeacher,
): NamedTeacher[] {
  const { teacher } = experiment;
  const generalist = alone(teacher.generalist!, 0);
  const { specialists, seed, ...config } = teacher.config;
  const { layers, inputs } = teacher.generalist!.config;
  const count = specialists!.count;
  const all = Array.from({ length: count }, (_, index): NamedTeacher => {
    const own = alone({ ...teacher, config: { ...config, layers, inputs, seed: seed + index } }, 0);
    const name = `${teacher.name}-${index + 1}`;
    const planned = withNetwork({ name, planned: own.planned }, experiment, facts, {
      seed: seed + index,
      recipe: { network: { specialist: { generalist: generalist.planned.identity, index, count } } },
      draft: { specialist: { generalist: referenceTo(generalist), index, count } },
    });
    return { name, planned };
  });
  return [generalist, ...all];
}
