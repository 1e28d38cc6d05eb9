/** queued: nothing there yet. interrupted: its process is gone without an end. */
export type RunStatus = 'queued' | 'running' | 'finished' | 'stopped' | 'failed' | 'interrupted';

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
  status: RunStatus;
  validation: number | null;
  test: number | null;
  steps: number | null;
}

/** The row of an arm (scratch included) or of the teacher. */
export interface ArmSummary {
  slug: string;
  title: string;
  kind: 'teacher' | 'scratch' | 'distilled';
  transferSet: 'labelled' | 'all' | null;
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
  /** On test, at the temperature that was fitted on validation; null while the test set is sealed. */
  scaled: { temperature: Spread; nll: Spread; ece: Spread } | null;
  parameters: number | null;
  bytes: number | null;
  latencyMicroseconds: number | null;
  trainingSeconds: number | null;
}

export type VerdictToken = 'BEATS' | 'NO BEATS' | 'INCONCLUSIVE';

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
  /** Two-sided p of the same t, corrected by Holm for arms that are not primary. */
  p: number | null;
  pHolm: number | null;
  /** Share of the way from scratch to teacher; null where the teacher is no better than scratch. */
  gapClosed: number | null;
  look: number;
  verdict: VerdictToken;
  /** Always said with the token; **bold** marks the number. */
  sentence: string;
  /** E.g. seeds that would settle it. */
  seedsToSettle: number | null;
}

export interface Check {
  text: string;
  state: 'ok' | 'pending' | 'broken';
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
  scratch: ArmSummary | null;
  arms: ArmSummary[];
  comparisons: Comparison[];
  checks: Check[];
  looks: number;
}
