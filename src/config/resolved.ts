import type { ExperimentConfig } from './experiment';
import type { StudentConfig, TeacherConfig } from './network';
import type { TransferClasses } from './transferClasses';

/** Where each resolved value came from, by dotted path: a file's name, "default", or e.g. "from alpha 0.9". */
export type Origins = Record<string, string>;

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
  /** The path of a saved `model` is relative to the root too. */
  teacher: { file: string; name: string; config: TeacherConfig; origins: Origins };
  student: { file: string; name: string; config: StudentConfig; origins: Origins };
  seeds: number[];
  origins: Origins;
}

/** One setting of an experiment, every number resolved. */
export interface Arm {
  /** For folders and ids: lower case, digits and dashes, unique in the experiment. */
  slug: string;
  /** For screens, e.g. "KD T 4 · α 0.9". */
  title: string;
  scratch: boolean;
  primary: boolean;
  method: { id: string; parameters: Record<string, unknown>; weights: Record<string, number> };
  transferSet: 'labelled' | 'all';
  /** Absent where the transfer set holds all classes. */
  transferClasses?: TransferClasses;
  origins: Origins;
}
