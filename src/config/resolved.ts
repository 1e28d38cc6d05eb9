import type { EnsembleConfig } from './ensemble';
import type { ExperimentConfig } from './experiment';
import type { Cell } from './sweep/schema';
import type { StudentConfig, TeacherConfig } from './network';
import type { TransferClasses } from './transferClasses';

/** Where each resolved value came from, by dotted path: a file's name, "default", or e.g. "from alpha 0.9". */
export type Origins = Record<string, string>;

/** A teacher's or a student's file. */
export interface NetworkFile<Config> {
  /** Absolute. */
  file: string;
  name: string;
  /** The path of a saved `model` is relative to the root. */
  config: Config;
  origins: Origins;
}

export interface TeacherFile extends NetworkFile<TeacherConfig> {
  /** Of a teacher that is several: each with its own seed; none of them is an ensemble. Absent of one that is one. */
  ensemble?: { average: EnsembleConfig['average']; members: TeacherFile[] };
  /** Of a teacher that has specialists: theirs are the config's training and seed. */
  generalist?: TeacherFile;
}

/** The files whose networks answer: those of an ensemble, a generalist, or the teacher itself. */
export const membersOf = (teacher: TeacherFile): TeacherFile[] =>
  teacher.ensemble?.members ?? [teacher.generalist ?? teacher];

/** An experiment file with the teacher and student it names, read and valid. */
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

/** Absolute paths of the config files that an experiment is read from, its own first. */
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
  /** listed: as the file has it. cell: of the sweep. confirmation: what the sweep chose, again, on fresh seeds. */
  role: 'listed' | 'cell' | 'confirmation';
  /** Value of each swept parameter by its path; null where the sweep made no such arm. */
  cell: Cell | null;
  /** Slug of the scratch that shares all its other parameters; null for scratch itself. */
  pairedWith: string | null;
  seeds: readonly number[];
  /** The experiment with what the arm changes beside its method: student, teacher, data. */
  setting: Experiment;
  method: { id: string; parameters: Record<string, unknown>; weights: Record<string, number> };
  transferSet: 'labelled' | 'all';
  /** Absent where the transfer set holds all classes. */
  transferClasses?: TransferClasses;
  origins: Origins;
}
