import type { Spread } from '../summary';
import type { Cells } from './cells';
import type { Balance } from './gradients';
import type { Measured } from './measure';
import type { Recommendation } from './recommendation';
import type { Warning } from './warnings';

/** How often a student agrees with the one that was trained by logit matching, paired by seed: more, the higher its T. */
export interface MatchingAgreement {
  title: string;
  temperature: number;
  agreement: Spread;
}

/** What is known of temperature in an experiment, on validation data: page, report and terminal show the same. */
export interface Laboratory {
  /** The run that `measured` is of, as in `SeedResult.folder`. */
  run: string;
  title: string;
  seed: number;
  /** Temperature of that run; null where its method has none. */
  used: number | null;
  /** Null where the method of that run softens nothing. */
  weights: Balance | null;
  /** Null until the run and its teacher have saved predictions. */
  measured: Measured | null;
  /** Null where no arm matches logits, or none of several temperatures shares its seeds. */
  matching: MatchingAgreement[] | null;
  cells: Cells;
  recommendation: Recommendation | null;
  warnings: Warning[];
}

/** One example with what each network answers, from any part whose predictions were saved. */
export interface LaboratoryExample {
  /** In the data set. */
  row: number;
  part: 'validation' | 'test';
  label: number;
  /** How the input is drawn, [height, width, channels], or its own shape. */
  shape: number[];
  input: number[];
  teacher: number[] | null;
  student: number[];
  scratch: number[] | null;
}
