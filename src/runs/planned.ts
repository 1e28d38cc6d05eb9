import { isAbsolute, relative, resolve } from 'node:path';
import type { DataFacts } from '../config/facts';
import type { StudentConfig, TeacherConfig } from '../config/network';
import { shapeAfter, type Preprocessing } from '../config/preprocessing';
import type { Arm, Experiment } from '../config/resolved';
import type { TakenOff } from '../config/savedModel/ending';
import { SCHEMA_VERSION, type RunFile } from './files';
import type { Recipe } from './identity';

export type SettingFacts = Pick<PlanFacts, 'data' | 'models'>;

/** What decides the facts of a setting. */
export const settingKey = ({ config, teacher, student }: Experiment): string =>
  JSON.stringify([config.data, teacher.config.model, student.config.model]);

export const factsOf = (facts: PlanFacts, setting: Experiment): SettingFacts =>
  facts.settings?.get(settingKey(setting)) ?? facts;

/** A run.json but for what only the machine that begins the run can say. */
export type RunDraft = Omit<RunFile, 'numerics' | 'versions' | 'machine' | 'created'>;

/** What a plan needs to know, gathered beforehand so that planning is a pure function. */
export interface PlanFacts {
  data: DataFacts;
  /** SHA-256 of the files of a saved model; null where teacher or student is given as layers. */
  models: {
    teacher: string | null;
    student: string | null;
    /** Of an ensemble's members, in their order. */
    members?: readonly (string | null)[] | undefined;
    /** What is taken off the end of each of them; absent or null where nothing is. */
    takenOff?:
      | {
          teacher?: TakenOff | null | undefined;
          student?: TakenOff | null | undefined;
          members?: readonly (TakenOff | null)[] | undefined;
        }
      | undefined;
  };
  /** The same of settings that read other data or models than the file says, by `settingKey`. */
  settings?: ReadonlyMap<string, SettingFacts>;
  /** Folders of runs that are there, relative to the root: one of the same identity is used again under whatever name. */
  folders: readonly string[];
}

/** A run before it is a plan item. */
export interface Planned {
  id: string;
  arm: Arm | null;
  seed: number;
  recipe: Recipe;
  identity: string;
  folder: string;
  draft: RunDraft;
  /** Ids of the items that it needs; none where absent. */
  waitsFor?: string[];
  /** Id of the ensemble that it is a part of. */
  memberOf?: string | undefined;
}

/** A saved teacher is the same for every seed, whatever its file says. */
export const perSeed = ({ teacher }: Experiment, { models }: Pick<PlanFacts, 'models'>) =>
  teacher.config.perSeed && models.teacher === null;

export function networkOf(
  config: TeacherConfig | StudentConfig,
  model: string | null,
  takenOff: TakenOff | null | undefined,
  classes: readonly string[],
): Recipe['network'] {
  if (model === null) return { layers: config.layers ?? [] };
  const order = classOrder(config, classes)?.map((name) => classes.indexOf(name));
  return { model, ...(takenOff && { takenOff }), ...(order && { classes: order }) };
}

/** As run.json has it: the path of a saved model, seen from the root. */
export function pathsOf(
  config: TeacherConfig | StudentConfig,
  takenOff: TakenOff | null | undefined,
  classes: readonly string[],
): RunFile['network'] {
  const { layers, model } = config;
  if (model === undefined) return layers ? { layers } : {};
  const order = classOrder(config, classes);
  return { model, ...(takenOff && { takenOff }), ...(order && { classes: order }) };
}

/** The classes of a saved model's outputs, where that is another order than the data's. */
function classOrder(config: TeacherConfig | StudentConfig, classes: readonly string[]): string[] | null {
  const order = 'classes' in config ? config.classes : undefined;
  return order === undefined || order.every((name, i) => name === classes[i]) ? null : order;
}

export function budgeted({ training }: TeacherConfig | StudentConfig, steps: number): Recipe['training'] {
  const { epochs: _epochs, steps: _steps, ...rest } = training;
  return { ...rest, steps };
}

export function dataOf(
  experiment: Experiment,
  data: DataFacts,
  hidden: boolean,
  preprocessing: Preprocessing | undefined,
): Recipe['data'] {
  const { train, validation, test, labelled } = data.counts;
  const { seed, stratified } = experiment.config.data.split;
  return {
    hash: data.hash,
    train,
    validation,
    test,
    splitSeed: seed,
    stratified,
    labelled: hidden ? (data.labelFileHash ?? labelled) : train,
    ...(preprocessing && { preprocessing }),
  };
}

export function draftBase(experiment: Experiment, folder: string) {
  const root = relative(resolve(experiment.root, folder), experiment.root).replaceAll('\\', '/');
  return { schemaVersion: SCHEMA_VERSION, experiment: experiment.name, root };
}

export function draftData(
  experiment: Experiment,
  { hash, rows, inputShape, classes, counts, table }: DataFacts,
  preprocessing: Preprocessing | undefined,
): RunFile['data'] {
  return {
    config: experiment.config.data,
    hash,
    ...(rows !== undefined && { rows }),
    inputShape: shapeAfter(preprocessing, inputShape),
    classes,
    counts,
    ...(preprocessing && { preprocessing }),
    ...(table && { table }),
  };
}

export const pick = (origins: Record<string, string>, prefix: string) =>
  Object.fromEntries(Object.entries(origins).filter(([path]) => path.startsWith(prefix)));

export function fromRoot(experiment: Experiment, folder: string): string {
  const path = relative(experiment.root, folder);
  return (isAbsolute(path) ? folder : path).replaceAll('\\', '/');
}
