import { plannedSteps } from '../config/budget';
import type { Numerics } from '../config/numerics';
import { teacherPreprocessing } from '../config/preprocessing';
import type { Experiment } from '../config/resolved';
import { scratchMethod } from '../methods/catalogue';
import { SCHEMA_VERSION } from './files';
import { identityOf, methodRecipe, shortHash, type Recipe } from './identity';
import { chooseFolders, type WantedFolder } from './planFolders';
import {
  budgeted,
  dataOf,
  draftBase,
  draftData,
  fromRoot,
  networkOf,
  pathsOf,
  perSeed,
  pick,
  type Planned,
  type PlanFacts,
  type RunDraft,
  type SettingFacts,
} from './planned';

/** The teacher; one for each seed where its file asks for that. @param first whether it is the one that the files name */
export function planTeachers(
  experiment: Experiment,
  facts: SettingFacts & Pick<PlanFacts, 'folders'>,
  numerics: Numerics | null,
  seedsOf: readonly number[],
  first: boolean,
): Planned[] {
  const { name, config } = experiment.teacher;
  const saved = facts.models.teacher !== null;
  const takenOff = facts.models.takenOff?.teacher;
  // The teacher knows every label, unless its file says otherwise.
  const { labels, ...rest } = experiment.config.data;
  const data = config.labels === 'same' && labels !== undefined ? { ...rest, labels } : rest;
  const hidden = 'labels' in data;
  const counts = {
    ...facts.data.counts,
    labelled: hidden ? facts.data.counts.labelled : facts.data.counts.train,
  };
  const seen = teacherPreprocessing(config, experiment.config.data, facts.data.inputShape);
  const steps = saved ? 0 : plannedSteps(config.training, counts.labelled);
  const method = {
    id: scratchMethod.id,
    parameters: {},
    weights: { ...scratchMethod.weighting(scratchMethod.parameters.parse({})).weights },
  };
  const recipe: Recipe = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'teacher',
    network: networkOf(config, facts.models.teacher, takenOff, facts.data.classes),
    training: saved ? null : budgeted(config, steps),
    method: methodRecipe(scratchMethod, method),
    transferSet: 'labelled',
    data: dataOf(experiment, facts.data, hidden, seen),
    teacher: null,
    numerics,
  };
  const each = perSeed(experiment, facts);
  const seeds = each ? seedsOf : [saved ? 0 : config.seed];
  const wanted = seeds.map((seed): WantedFolder => {
    const hash = identityOf(recipe, seed).slice(0, 6);
    return { parent: fromRoot(experiment, experiment.teachersFolder), name, hash };
  });
  const folders = chooseFolders(wanted, facts.folders);
  return seeds.map((seed, index): Planned => {
    const identity = identityOf(recipe, seed);
    const folder = folders[index]!;
    const draft: RunDraft = {
      ...draftBase(experiment, folder),
      kind: 'teacher',
      arm: null,
      seed,
      identity,
      network: pathsOf(config, takenOff, facts.data.classes),
      training: config.training,
      steps,
      method,
      transferSet: 'labelled',
      data: { ...draftData(experiment, facts.data, seen), config: data, counts },
      teacher: null,
      softTargets: 'none',
      origins: { ...pick(experiment.origins, 'data.'), ...experiment.teacher.origins },
    };
    const name = first ? 'teacher' : `teacher-${shortHash(recipe)}`;
    const id = each ? `${name}/seed-${seed}` : name;
    return { id, arm: null, seed, recipe, identity, folder, draft };
  });
}
