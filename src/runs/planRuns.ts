import { epochExamples, plannedSteps } from '../config/budget';
import type { DataFacts } from '../config/facts';
import type { Numerics } from '../config/numerics';
import { studentPreprocessing } from '../config/preprocessing';
import type { Arm } from '../config/resolved';
import { keptClasses } from '../config/transferClasses';
import { findMethod } from '../methods/catalogue';
import { SCHEMA_VERSION } from './files';
import { identityOf, methodRecipe, sha256, shortHash, type Recipe } from './identity';
import { chooseFolders, type WantedFolder } from './planFolders';
import {
  budgeted,
  dataOf,
  draftBase,
  draftData,
  factsOf,
  fromRoot,
  networkOf,
  pathsOf,
  perSeed,
  pick,
  type Planned,
  type PlanFacts,
  type RunDraft,
} from './planned';

export type TeacherOf = (arm: Arm, seed: number) => Planned;

/** The students: every arm with each of its seeds, seed by seed. */
export function planRuns(
  arms: readonly Arm[],
  facts: PlanFacts,
  numerics: Numerics | null,
  teacherOf: TeacherOf,
): Planned[] {
  const wanted = arms.map((arm): WantedFolder => {
    const parent = fromRoot(arm.setting, arm.setting.runsFolder);
    return { parent, name: arm.slug, hash: shortHash(sharedRecipe(arm, facts, numerics, teacherOf)) };
  });
  const folders = chooseFolders(wanted, facts.folders);
  const seeds = [...new Set(arms.flatMap((arm) => arm.seeds))];
  return seeds.flatMap((seed) =>
    arms.flatMap((arm, index): Planned[] => {
      if (!arm.seeds.includes(seed)) return [];
      const recipe = recipeOf(arm, seed, facts, numerics, teacherOf);
      const identity = identityOf(recipe, seed);
      const folder = `${folders[index]!}/seed-${seed}`;
      const draft = draftOf(arm, seed, facts, teacherOf, { identity, folder });
      return [{ id: `${arm.slug}/seed-${seed}`, arm, seed, recipe, identity, folder, draft }];
    }),
  );
}

function recipeOf(
  arm: Arm,
  seed: number,
  facts: PlanFacts,
  numerics: Numerics | null,
  teacherOf: TeacherOf,
): Recipe {
  const { setting, method, transferSet } = arm;
  const { data, models } = factsOf(facts, setting);
  const { config } = setting.student;
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'student',
    network: networkOf(config, models.student, models.takenOff?.student, data.classes),
    training: budgeted(config, stepsOf(arm, data)),
    method: methodRecipe(findMethod(method.id)!, method),
    transferSet,
    ...restricted(arm, data.classes, (name) => data.classes.indexOf(name)),
    data: dataOf(setting, data, true, seenBy(setting, data)),
    teacher: asksTeacher(arm) ? teacherOf(arm, seed).identity : null,
    ...keptLogits(arm, facts),
    numerics,
  };
}

const stepsOf = ({ setting, transferClasses }: Arm, data: DataFacts): number =>
  plannedSteps(setting.student.config.training, epochExamples(data, transferClasses));

/** What the seeds of an arm have in common: with a teacher for each of them, that teacher's recipe. */
function sharedRecipe(arm: Arm, facts: PlanFacts, numerics: Numerics | null, teacherOf: TeacherOf): Recipe {
  const seed = arm.seeds[0] ?? 0;
  const recipe = recipeOf(arm, seed, facts, numerics, teacherOf);
  return perSeed(arm.setting, factsOf(facts, arm.setting)) && recipe.teacher !== null
    ? { ...recipe, teacher: sha256(teacherOf(arm, seed).recipe) }
    : recipe;
}

function draftOf(
  arm: Arm,
  seed: number,
  facts: PlanFacts,
  teacherOf: TeacherOf,
  { identity, folder }: Pick<Planned, 'identity' | 'folder'>,
): RunDraft {
  const { setting, slug, title, scratch, primary, role, cell, pairedWith, method, transferSet } = arm;
  const { data, models } = factsOf(facts, setting);
  const { config, origins } = setting.student;
  const teacher = asksTeacher(arm) ? teacherOf(arm, seed) : null;
  return {
    ...draftBase(setting, folder),
    kind: 'student',
    arm: { slug, title, scratch, primary, role, cell, pairedWith },
    seed,
    identity,
    network: pathsOf(config, models.takenOff?.student, data.classes),
    training: config.training,
    steps: stepsOf(arm, data),
    method,
    transferSet,
    ...restricted(arm, data.classes, (name) => name),
    data: draftData(setting, data, seenBy(setting, data)),
    teacher: teacher && {
      name: setting.teacher.name,
      identity: teacher.identity,
      folder: teacher.folder,
      seed: teacher.seed,
    },
    softTargets: teacher === null ? 'none' : isLive(arm) ? 'live' : 'cache',
    ...keptLogits(arm, facts),
    origins: { ...pick(setting.origins, 'data.'), ...origins, ...arm.origins, ...sweptOrigins(arm) },
  };
}

const seenBy = ({ student, config }: Arm['setting'], { inputShape }: PlanFacts['data']) =>
  studentPreprocessing(student.config, config.data, inputShape);

/** The classes of the transfer set, each as `tell` has it; a restriction that leaves nothing out is none. */
function restricted<Told>(
  { transferClasses }: Arm,
  classes: readonly string[],
  tell: (name: string) => Told,
): { transferClasses?: Told[] } {
  const kept = keptClasses(transferClasses ?? {}, classes);
  return kept.length < classes.length ? { transferClasses: kept.map(tell) } : {};
}

/** By the paths of run.json, where the values of a student or a teacher do not have that prefix. */
const sweptOrigins = ({ cell }: Arm): Record<string, string> =>
  Object.fromEntries(Object.keys(cell ?? {}).map((path) => [path.replace(/^student\./, ''), 'sweep']));

const asksTeacher = (arm: Arm) => findMethod(arm.method.id)?.teacher !== 'none';

/** Augmented examples differ from step to step: the teacher must see the same ones. */
const isLive = ({ setting }: Arm) => setting.student.config.training.augmentation.length > 0;

function keptLogits(arm: Arm, facts: PlanFacts): { topK?: number } {
  const topK = arm.setting.config.softTargets?.topK ?? Infinity;
  const { classes } = factsOf(facts, arm.setting).data;
  return asksTeacher(arm) && !isLive(arm) && topK < classes.length ? { topK } : {};
}
