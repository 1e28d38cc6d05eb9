import { plannedSteps } from '../config/budget';
import type { Numerics } from '../config/numerics';
import type { Arm, Experiment } from '../config/resolved';
import { keptClasses } from '../config/transferClasses';
import { findMethod } from '../methods/catalogue';
import { SCHEMA_VERSION } from './files';
import { identityOf, sha256, shortHash, type Recipe } from './identity';
import { chooseFolders, type WantedFolder } from './places';
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
} from './planned';

/** The students: every arm with every seed. */
export function planRuns(
  experiment: Experiment,
  arms: readonly Arm[],
  facts: PlanFacts,
  numerics: Numerics | null,
  teacherOf: (seed: number) => Planned,
): Planned[] {
  const { config } = experiment.student;
  const { counts, classes } = facts.data;
  const steps = plannedSteps(config.training, counts.labelled);
  // Augmented examples differ from step to step: the teacher must see the same ones.
  const isLive = config.training.augmentation.length > 0;
  const topK = experiment.config.softTargets?.topK ?? Infinity;
  const keeps = !isLive && topK < facts.data.classes.length ? { topK } : null;
  const keptOf = (arm: Arm) => keptClasses(arm.transferClasses ?? {}, classes);
  // A restriction that leaves nothing out is none.
  const restricts = (arm: Arm) => keptOf(arm).length < classes.length;
  const recipeOf = (arm: Arm, seed: number): Recipe => ({
    schemaVersion: SCHEMA_VERSION,
    kind: 'student',
    network: networkOf(config, facts.models.student),
    training: budgeted(config, steps),
    method: arm.method,
    transferSet: arm.transferSet,
    ...(restricts(arm) && { transferClasses: keptOf(arm).map((name) => classes.indexOf(name)) }),
    data: dataOf(experiment, facts.data, true),
    teacher: asksTeacher(arm) ? teacherOf(seed).identity : null,
    ...(asksTeacher(arm) && keeps),
    numerics,
  });
  // With a teacher for each seed, the seeds of an arm have that teacher's recipe in common.
  const shared = (arm: Arm): Recipe => {
    const recipe = recipeOf(arm, experiment.seeds[0] ?? 0);
    return perSeed(experiment, facts) && recipe.teacher !== null
      ? { ...recipe, teacher: sha256(teacherOf(0).recipe) }
      : recipe;
  };
  const parent = fromRoot(experiment, experiment.runsFolder);
  const wanted = arms.map((arm): WantedFolder => {
    return { parent, name: arm.slug, hash: shortHash(shared(arm)) };
  });
  const armFolders = chooseFolders(wanted, facts.folders);
  return experiment.seeds.flatMap((seed) =>
    arms.map((arm, index): Planned => {
      const recipe = recipeOf(arm, seed);
      const identity = identityOf(recipe, seed);
      const folder = `${armFolders[index]!}/seed-${seed}`;
      const teacher = asksTeacher(arm) ? teacherOf(seed) : null;
      const { slug, title, scratch, primary, method, transferSet } = arm;
      const draft: RunDraft = {
        ...draftBase(experiment, folder),
        kind: 'student',
        arm: { slug, title, scratch, primary },
        seed,
        identity,
        network: pathsOf(config),
        training: config.training,
        steps,
        method,
        transferSet,
        ...(restricts(arm) && { transferClasses: keptOf(arm) }),
        data: draftData(experiment, facts.data),
        teacher: teacher && {
          name: experiment.teacher.name,
          identity: teacher.identity,
          folder: teacher.folder,
          seed: teacher.seed,
        },
        softTargets: teacher === null ? 'none' : isLive ? 'live' : 'cache',
        ...(teacher && keeps),
        origins: { ...pick(experiment.origins, 'data.'), ...experiment.student.origins, ...arm.origins },
      };
      return { id: `${slug}/seed-${seed}`, arm, seed, recipe, identity, folder, draft };
    }),
  );
}

const asksTeacher = (arm: Arm) => findMethod(arm.method.id)?.teacher !== 'none';
