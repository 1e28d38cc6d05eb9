import type { ArmRole, CellValue, Cost, SeedStatus, Summary, SweepSummary } from './summary';

/** Saved logits of one run on one part of the data: row-major [N, C], and class numbers [N]. */
export interface Predictions {
  logits: Float32Array;
  labels: Int32Array;
}

/** One planned or finished training, as read from its folder; unknown values are null. */
export interface RunInput extends Cost {
  seed: number;
  /** By which a look refers to it; null where it was not recorded. */
  identity: string | null;
  folder: string;
  status: SeedStatus;
  /** It was evaluated on the test set, but is no longer in the file. */
  left?: true;
  steps: number | null;
  validation: Predictions | null;
  /** Null while the test set is sealed. */
  test: Predictions | null;
}

/** The teacher, scratch, or one distilled arm, with a run for every planned seed. */
export interface ArmInput {
  slug: string;
  title: string;
  primary: boolean;
  role: ArmRole;
  /** Value of each swept parameter by its path; null where the sweep made no such arm. */
  cell: Record<string, CellValue> | null;
  /** The step after which successive halving ended it; null where it trains to its end. */
  ended: number | null;
  /** Slug of the scratch that shares all its other parameters; null for scratch, the teacher, and where there is none. */
  scratch: string | null;
  transferSet: 'labelled' | 'all' | null;
  /** Numbers of the classes that the transfer set has no example of; absent where it has them all. */
  missing?: readonly number[];
  /** Labels that it learns from; null where unknown. */
  labelled: number | null;
  /** Of the softened targets; null where the method has none. */
  temperature: number | null;
  /** Where the teacher's outputs came from. */
  softTargets: 'cache' | 'live' | 'none';
  /** Equal for arms whose runs with one seed are the same run, whatever they are called; '' where unknown. */
  recipe: string;
  /** It was evaluated on the test set, and is no longer in the file. */
  left?: true;
  runs: RunInput[];
}

/** An arm as it was when the test set was opened. */
export interface PromisedArm {
  slug: string;
  title: string;
  scratch: boolean;
  role: ArmRole;
  /** Slug of the scratch it is compared with. */
  pairedWith: string | null;
  /** Of all that its seeds have in common, whatever the arm is called; '' where it was not recorded. */
  recipe: string;
  runs: { seed: number; identity: string }[];
}

/** What was promised at an opening of the test set. */
export interface Promised {
  rule: number;
  minGain: number;
  /** Slug of the headline's arm. */
  primary: string | null;
  seeds: number[];
  arms: PromisedArm[];
}

/** One opening of the test set. */
export interface Look {
  /** Which test set: a hash of the data as they are read; null where unknown. */
  test: string | null;
  /** A hash of the data files, whatever scale and shape they are read with; absent where unknown. */
  rows?: string | undefined;
  /** What computed the runs, as a hash; null where unknown. */
  numerics: string | null;
  runs: { arm: string; seed: number; identity: string }[];
  /** Null in lines that were written before promises were. */
  promise: Promised | null;
}

/** How often another experiment opened the same test set. */
export interface OtherLooks {
  experiment: string;
  looks: number;
}

/** A run that was looked at, is still on disk and is no longer in the file, with what is known of its arm. */
export interface FoundRun {
  arm: Omit<ArmInput, 'runs'> & { isScratch: boolean };
  run: RunInput;
}

/** Input of `summarize`, independent of files. */
export interface SummaryInput extends Pick<
  Summary,
  'experiment' | 'description' | 'minGain' | 'examples' | 'classes' | 'engine'
> {
  /** The planned seeds. */
  seeds: number[];
  teacher: ArmInput | null;
  /** The headline's first; empty in folders of foreign runs without one. */
  scratches: ArmInput[];
  arms: ArmInput[];
  sweep: Omit<SweepSummary, 'optimism'> | null;
  /** The openings of a test set, oldest first. */
  looks: Look[];
  /** The test set that the file has now, and what computes, as hashes; null or absent where unknown. */
  test: string | null;
  rows?: string | undefined;
  numerics: string | null;
  /** Runs that were evaluated on the test set and are no longer in the file, as far as they are on disk. */
  found: FoundRun[];
  /** Whether a run that the file does not ask for has test predictions and is in no look; null where looks need not be kept. */
  unlisted: boolean | null;
  /** Openings of this test set by other experiments; absent where they are not looked for. */
  otherLooks?: readonly OtherLooks[];
  /** Slugs of arms that were still improving when training ended, as far as known. */
  improving: string[];
  /** For the whole plan; null where unknown. */
  secondsLeft: number | null;
}
