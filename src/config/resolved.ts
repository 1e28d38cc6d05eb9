import type { EnsembleConfig } from './ensemble';
import type { ExperimentConfig } from './experiment';
import type { Cell } from './sweep/schema';
import type { StudentConfig, TeacherConfig } from './network';
import type { TransferClasses } from './transferClasses';
import { own } from '../own';

/** The origin of each resolved value, by dotted path: a file's name, "default", or e.g. "from alpha 0.9". */
export type Origins = Record<string, string>;

/** A teacher or student file. */
export interface NetworkFile<Config> {
  /** Absolute. */
  file: string;
  name: string;
  /** The path of a saved `model` is relative to the root. */
  config: Config;
  origins: Origins;
}

export interface TeacherFile extends NetworkFile<TeacherConfig> {
  /** Members of an ensemble, each with its own seed and none an ensemble itself. Absent for a single network. */
  ensemble?: { average: EnsembleConfig['average']; members: TeacherFile[] };
  /** For a teacher with specialists, to which the config's training and seed then apply. */
  generalist?: TeacherFile;
}

/** The networks that a teacher consists of: members of an ensemble, the generalist, or the teacher itself. */
export const membersOf = (teacher: TeacherFile): TeacherFile[] =>
  teacher.ensemble?.members ?? [teacher.generalist ?? teacher];

/** A valid experiment with its teacher and student. */
export interface Experiment {
  /** Absolute path of the *.distill.json file. */
  file: string;
  /** The file's stem. */
  name: string;
  /** Absolute path of the nearest folder above with distillery.json, else the file's own folder. */
  root: string;
  /** Absolute path, <root>/<runs>/<name>. */
  runsFolder: string;
  /** Absolute path, <root>/<runs>/teachers. */
  teachersFolder: string;
  parallelism: number | 'auto';
  /** All defaults filled in; paths in `config.data` are relative to the root, as in run.json, not to the file. */
  config: ExperimentConfig;
  teacher: TeacherFile;
  student: NetworkFile<StudentConfig>;
  seeds: number[];
  origins: Origins;
}

/** Absolute paths of the config files of an experiment, its own first. */
export const filesOf = ({ file, teacher, student }: Experiment): string[] => [
  ...new Set([file, teacher.file, ...membersOf(teacher).map((member) => member.file), student.file]),
];

/** One setting of an experiment, every number resolved. */
export interface Arm {
  /** For folders and ids: lower case, digits and dashes, unique in the experiment. */
  slug: string;
  /** For screens, e.g. "KD T 4 · α 0.9". */
  title: string;
  scratch: boolean;
  primary: boolean;
  /** listed: in the file. cell: of the sweep. confirmation: the winner of the sweep, trained again on fresh seeds. */
  role: 'listed' | 'cell' | 'confirmation';
  /** Values of the swept parameters, by path; null if the arm is not a cell. */
  cell: Cell | null;
  /** Slug of the scratch that shares all its other parameters; null for scratch itself. */
  pairedWith: string | null;
  seeds: readonly number[];
  /** The experiment with the arm's changes to student, teacher and data. */
  setting: Experiment;
  method: { id: string; parameters: Record<string, unknown>; weights: Record<string, number> };
  transferSet: 'labelled' | 'all';
  /** Absent if the transfer set contains all classes. */
  transferClasses?: TransferClasses;
  origins: Origins;
}

/** The origin of each value of a resolved config, by dotted path: the file or "default". */
export function originsOf(resolved: unknown, written: unknown, file: string, path = ''): Origins {
  if (typeof resolved !== 'object' || resolved === null || isPlainList(resolved))
    return path === '' ? {} : { [path]: written === undefined ? 'default' : file };
  return Object.assign(
    {},
    ...Object.entries(resolved)
      .filter(([key, value]) => value !== undefined && key !== '$schema')
      .map(([key, value]) => originsOf(value, property(written, key), file, path ? `${path}.${key}` : key)),
  ) as Origins;
}

const isPlainList = (value: object) => Array.isArray(value) && value.every((v) => typeof v !== 'object');

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? own(value as Record<string, unknown>, key) : undefined;
