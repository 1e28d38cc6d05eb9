import { basename, dirname, resolve } from 'node:path';
import { l10n } from 'vscode';
import { teacherShape } from '../../config/preprocessing';
import { membersOf, type Experiment, type TeacherFile } from '../../config/resolved';
import { describeSavedModel } from '../../config/savedModel';
import { describeNetwork } from '../../config/shapes';
import { plural } from '../../results/format';
import type { Prepared } from '../../runs/prepare';
import type { ExperimentView, NetworkView } from './views';

/** Title and size of teacher and student, computed without tensors from the shape of the data. */
export function describeNetworks({ experiment, facts }: Prepared): ExperimentView['networks'] {
  if (!experiment || !facts) return { teacher: null, student: null };
  const { inputShape } = facts;
  const of = (network: TeacherFile) =>
    describe(network, experiment.root, teacherShape(network.config, experiment.config.data, inputShape));
  const { teacher, student } = experiment;
  const members = membersOf(teacher).map(of);
  const whole = teacher.generalist
    ? withSpecialists(teacher, members[0] ?? null)
    : teacher.ensemble
      ? together(teacher.file, members)
      : of(teacher);
  return { teacher: whole, student: describe(student, experiment.root, inputShape) };
}

/** The size of the generalist: the outputs of a specialist are known only after it has trained. */
function withSpecialists({ file, config }: TeacherFile, generalist: NetworkView | null): NetworkView | null {
  const count = config.specialists?.count ?? 0;
  return (
    generalist && {
      ...generalist,
      file,
      title: l10n.t('{0} with {1}', generalist.title, plural(count, 'specialist')),
    }
  );
}

/** "5 × MLP 64-256-256-10" for equal members, otherwise "Ensemble of 3". */
function together(file: string, members: readonly (NetworkView | null)[]): NetworkView | null {
  const known = members.filter((member) => member !== null);
  const [first] = known;
  if (!first || known.length < members.length) return null;
  const same = known.every(({ title }) => title === first.title);
  return {
    file,
    title: same ? `${known.length} × ${first.title}` : l10n.t('Ensemble of {0}', known.length),
    parameters: known.reduce((sum, { parameters }) => sum + parameters, 0),
  };
}

function describe(
  { file, config }: Experiment['teacher'] | Experiment['student'],
  root: string,
  inputShape: readonly number[],
): NetworkView | null {
  try {
    if (config.model !== undefined) {
      const { parameters } = describeSavedModel(resolve(root, config.model));
      return { file, title: basename(dirname(config.model)), parameters };
    }
    const { title, total } = describeNetwork(config.layers ?? [], inputShape);
    return { file, title, parameters: total };
  } catch {
    // The diagnostics of the file report the error.
    return null;
  }
}
