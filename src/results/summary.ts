/**
 * queued: nothing there yet. interrupted: its process ended without a result. paused: at a rung of successive halving, which
 * decides whether it goes on.
 */
export type RunStatus = 'queued' | 'running' | 'finished' | 'stopped' | 'paused' | 'failed' | 'interrupted';

/** deleted: its test predictions were looked at, and its folder is gone. */
export type SeedStatus = RunStatus | 'deleted';

/** Mean and sample standard deviation over n seeds. Accuracies are shares (0–1), differences too. */
export interface Spread {
  mean: number;
  sd: number;
  n: number;
}

/** One seed of one arm. `test` is null while sealed. */
export interface SeedResult {
  seed: number;
  folder: string;
  status: SeedStatus;
  validation: number | null;
  test: number | null;
  steps: number | null;
  /** Of the set shown, as those of its arm. */
  agreement: number | null;
  klToTeacher: number | null;
  nll: number | null;
  brier: number | null;
  ece: number | null;
}

/** Of one batch, from its inputs as numbers to its logits as numbers, in microseconds. */
export interface Latency {
  median: number;
  p95: number;
}

/** What a network costs to train and to run; null: not recorded. */
export interface Cost {
  parameters: number | null;
  /** Of the weights as float32. */
  bytes: number | null;
  /** Of one example forward. */
  multiplyAdds: number | null;
  /** By batch size, in a separate, warmed-up process. */
  latency: { batch1: Latency | null; batch32: Latency | null };
  /** Highest resident set of a process, engine included, in bytes. */
  peakMemory: { training: number | null; inference: number | null };
  /** Wall time of a training: its share where several train in one process. */
  trainingSeconds: number | null;
  /** How many runs trained in one process, at most; absent or null where it was not recorded. */
  trainedTogether?: number | null;
  /** Processor time of a training, all threads together. */
  cpuSeconds: number | null;
}

/** A parameter's value in a cell of a sweep. */
export type CellValue = string | number | boolean;

/** listed: as the file has it. cell: of the sweep. confirmation: the sweep's winner again, on fresh seeds. */
export type ArmRole = 'listed' | 'cell' | 'confirmation';

/** Accuracies (0–1) of all examples shown, and of those of the classes that the transfer set lacks. */
interface WithMissing {
  all: Spread;
  missing: Spread | null;
}

/** One bias for the logits of the classes that a transfer set lacks; the part shown is the summary’s. */
export interface BiasSummary {
  /** Class numbers. */
  missing: number[];
  /** By accuracy on each run’s validation examples. */
  fitted: Spread;
  before: WithMissing;
  after: WithMissing;
  /** Fitted on the test set on which it is tried, the paper’s way; null while it is sealed. */
  onTest: { fitted: Spread; after: WithMissing } | null;
}

/** The row of an arm (scratch included) or of the teacher. */
export interface ArmSummary extends Cost {
  slug: string;
  title: string;
  kind: 'teacher' | 'scratch' | 'distilled';
  role: ArmRole;
  /** Value of each swept parameter by its path, in the sweep's order; null where the sweep made no such arm. */
  cell: Record<string, CellValue> | null;
  /** The step after which successive halving ended it; null where it trains to its end. */
  ended: number | null;
  transferSet: 'labelled' | 'all' | null;
  /** Absent where the transfer set has every class, or nothing is known yet. */
  bias?: BiasSummary;
  seeds: SeedResult[];
  validation: Spread | null;
  test: Spread | null;
  /** Mean number of wrong test examples. */
  testErrors: number | null;
  /** Of the set shown: test when open, else validation. */
  agreement: Spread | null;
  /** Mean KL to the teacher at T 1, in nats. */
  klToTeacher: Spread | null;
  /** Mean −log probability of the label, in nats. */
  nll: Spread | null;
  brier: Spread | null;
  ece: Spread | null;
  /** Accuracy of each class, of the set shown; null of more than 30 classes, and for a class without examples. */
  perClass: (Spread | null)[] | null;
  /** On test, at the temperature that was fitted on validation; null while the test set is sealed. */
  scaled: { temperature: Spread; nll: Spread; ece: Spread } | null;
}

export type VerdictToken = 'BEATS' | 'NO BEATS' | 'HURTS' | 'INCONCLUSIVE';

/** A distilled arm against its scratch, paired by seed. */
export interface Comparison {
  arm: string;
  /** Null in foreign runs without one. */
  scratch: string | null;
  primary: boolean;
  /** 'validation' while the test set is sealed: then there is no interval and no verdict from it. */
  part: 'validation' | 'test';
  perSeed: { seed: number; difference: number }[];
  mean: number | null;
  interval: { low: number; high: number; level: number; degreesOfFreedom: number } | null;
  /** Of the differences and the interval in percentage points, wherever they are shown. */
  decimals: number;
  /** Two-sided p of the same t, corrected by Holm for arms that are not primary. */
  p: number | null;
  pHolm: number | null;
  /** Share of the way from scratch to teacher; null where the teacher is no better than scratch. */
  gapClosed: number | null;
  look: number;
  /** Null where there is none, or none yet: `sentence` says why. */
  verdict: VerdictToken | null;
  /** Always shown with the token; **bold** marks the number. */
  sentence: string;
  /** Seeds in all that would settle it on this test set; null where none would, or it is settled. */
  seedsToSettle: number | null;
  /** Test examples in all that would settle it with these seeds; null likewise. */
  examplesToSettle: number | null;
  /** Null while the test set is sealed. */
  information: Information | null;
}

/** Of the same pairs and at the level of the interval; the verdict does not use it. */
export interface Information {
  level: number;
  /** t over the seeds alone, as if these test examples were all there are. */
  seedInterval: { low: number; high: number };
  /** Percentiles of means over resampled seeds and test examples. */
  bootstrap: { low: number; high: number; resamples: number };
  /** Seeds, by the sign of their difference, and the exact two-sided sign test. */
  signs: { won: number; tied: number; lost: number; p: number };
  /** McNemar’s exact test: b test examples that only the distilled student answers rightly, c that only scratch does. */
  mcnemar: { seed: number; b: number; c: number; p: number }[];
}

/** A further experiment that answers what this one cannot. */
export interface Offer {
  /** allLabels: the student with every label that the teacher had. */
  id: 'allLabels';
  text: string;
}

export interface Check {
  text: string;
  state: 'ok' | 'pending' | 'broken';
}

/** A sweep and its result. Its cells are among `arms`, with their values in `cell`. */
export interface SweepSummary {
  /** `label` is for axes and heads, e.g. "T" for `temperature`. */
  parameters: { path: string; label: string; values: CellValue[] }[];
  search: 'grid' | 'random' | 'halving';
  /** Slug of the cell that is best on validation; null until all cells are done. */
  winner: string | null;
  /** Slug of the arm that repeats the winner on fresh seeds; null where the file asks for none, or before the winner is known. */
  confirmation: string | null;
  /**
   * Mean gain over scratch on validation, as a share: of the cell that was chosen by it, and of the same setting on fresh
   * seeds. The difference is what choosing the best of many adds.
   */
  optimism: { chosen: number; confirmed: number } | null;
}

/** Version of summary.json. */
export const SUMMARY_VERSION = 1;

/** summary.json: derived from the run folders; panel, report, table and `compare` all show these numbers. */
export interface Summary {
  schemaVersion: number;
  experiment: string;
  description: string | null;
  /** Which part the headline numbers are of. */
  part: 'validation' | 'test';
  complete: boolean;
  planned: { seeds: number; runs: number; finished: number };
  minGain: number;
  examples: { train: number; labelled: number; validation: number; test: number };
  classes: string[];
  engine: { name: string; why: string } | null;
  teacher: ArmSummary | null;
  /** Of the headline's arm. */
  scratch: ArmSummary | null;
  /** Of cells that change what scratch has too, such as the student's width, and of fresh seeds. */
  otherScratches: ArmSummary[];
  arms: ArmSummary[];
  sweep: SweepSummary | null;
  comparisons: Comparison[];
  checks: Check[];
  /** What changed after the test set was opened, whereas the verdict follows the promise, and who else opened it. */
  afterLook: string[];
  offers: Offer[];
  looks: number;
}
