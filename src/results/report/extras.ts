import type { PaperConfig } from '../../config/paper';
import type { Term } from '../../methods/method';
import type { Calibration } from '../calibration';
import type { Laboratory } from '../laboratory/laboratory';
import type { ClassesView } from '../classes/view';

/** A line of a chart: x ascending, as long as y; a value that is no finite number is null and a gap. */
export interface Line {
  x: number[];
  y: (number | null)[];
}

/** What charts show of a term of a loss. */
export type DrawnTerm = Pick<Term, 'title' | 'source' | 'unit'>;

/** Recorded curves of one training; any number of points, the report reduces them. */
export interface RunCurves {
  /** Slug of the arm, as in the summary. */
  arm: string;
  seed: number;
  plannedSteps: number;
  /** Those of `losses`. */
  terms: Record<string, DrawnTerm>;
  /** Raw loss of each term by step, before weighting. */
  losses: Record<string, Line>;
  /** Share of right predictions by step. */
  validationAccuracy: Line;
}

/** What a report shows in addition to the summary; all of it is escaped. */
export interface ReportExtras {
  /** ISO 8601. */
  made: string;
  curves: RunCurves[];
  /** Key, value and origin of every resolved setting. */
  configuration: [key: string, value: string, origin: string][];
  /** Machine, versions, hashes of data and weights. */
  environment: [key: string, value: string][];
  /** Of the teacher, the headline's scratch and its arm, those whose predictions were saved. */
  calibration: Calibration[];
  /** What is known of temperature, of the headline's first seed; null where no student has finished. */
  laboratory: Laboratory | null;
  /** A line for a terminal that repeats the experiment. */
  command: string;
  /** The files that it needs: path from the root, SHA-256. */
  files: [path: string, hash: string][];
  /** Of the headline’s arm; absent until its runs have saved predictions. */
  classes?: ClassesView | null;
  /** The paper whose experiment this repeats. */
  paper?: PaperConfig | undefined;
}
