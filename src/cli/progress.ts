import { RunProgress } from './runProgress';
import { median } from '../sampleStatistics';

/** The progress at one time. */
export interface ProgressSnapshot {
  /** Runs of the plan, and how many are finished. */
  runs: number;
  finished: number;
  /** Share of all planned steps, 0 to 1. */
  share: number;
  active: { number: number; run: RunProgress }[];
  /** Runs that ended since the last read. */
  ended: { number: number; run: RunProgress }[];
  /** Until all runs are trained; null before 5 % or 3 s have passed. */
  secondsLeft: number | null;
}

const SHARE_BEFORE_ESTIMATE = 0.05;
const SECONDS_BEFORE_ESTIMATE = 3;

/** Progress of the runs of a plan, read from their folders. Runs are numbered in the order in which they started. */
export class Progress {
  private readonly numbers = new Map<RunProgress, number>();
  private readonly told = new Set<RunProgress>();
  private readonly begun = Date.now();
  private firstShare: number | null = null;

  private constructor(
    private readonly runs: readonly RunProgress[],
    private readonly trainers: number,
  ) {}

  /** Runs that have already finished are counted and not reported. */
  static async begin(folders: readonly string[], trainers: number): Promise<Progress> {
    const progress = new Progress(
      folders.map((folder) => new RunProgress(folder)),
      trainers,
    );
    await Promise.all(progress.runs.map((run) => run.read()));
    for (const run of progress.runs) {
      if (isFinished(run)) progress.number(run);
      if (run.end !== null) progress.told.add(run);
    }
    return progress;
  }

  async read(): Promise<ProgressSnapshot> {
    await Promise.all(this.runs.map((run) => run.read()));
    const active = this.runs.filter((run) => run.isActive);
    for (const run of active) this.told.delete(run);
    const ended = this.runs.filter((run) => run.end !== null && !this.told.has(run));
    for (const run of ended) this.told.add(run);
    const numbered = (run: RunProgress) => ({ number: this.number(run), run });
    const share = this.share();
    return {
      runs: this.runs.length,
      finished: this.runs.filter(isFinished).length,
      share,
      ended: ended.map(numbered),
      active: active.map(numbered),
      secondsLeft: this.secondsLeft(share),
    };
  }

  private number(run: RunProgress): number {
    const number = this.numbers.get(run) ?? this.numbers.size + 1;
    this.numbers.set(run, number);
    return number;
  }

  /** A run without run.json counts as the mean of the others. */
  private share(): number {
    const known = this.runs.filter((run) => run.steps !== null);
    if (known.length === 0) return 0;
    const total = known.reduce((sum, run) => sum + (run.steps ?? 0), 0);
    const done = known.reduce((sum, run) => sum + (isFinished(run) ? (run.steps ?? 0) : run.step), 0);
    return done / ((total / known.length) * this.runs.length);
  }

  private secondsLeft(share: number): number | null {
    this.firstShare ??= share;
    const early =
      share - this.firstShare < SHARE_BEFORE_ESTIMATE &&
      Date.now() - this.begun < SECONDS_BEFORE_ESTIMATE * 1000;
    const seconds = this.runs.map((run) => this.secondsOf(run));
    if (early || seconds.some((s) => s === null)) return null;
    const left = seconds.filter((s): s is number => s !== null && s > 0);
    const longest = Math.max(0, ...left);
    return Math.max(
      longest,
      left.reduce((a, b) => a + b, 0) / Math.max(1, Math.min(this.trainers, left.length)),
    );
  }

  /**
   * Seconds left of a run, at the pace of finished runs of its kind, since the first steps of a run are not typical; otherwise
   * at its own pace, otherwise at that of any run of its kind.
   */
  private secondsOf(run: RunProgress): number | null {
    if (isFinished(run)) return 0;
    const like = this.runs.filter((other) => run.kind === null || other.kind === run.kind);
    const paces = (runs: readonly RunProgress[]) => median(runs.flatMap((other) => other.pace ?? []));
    const pace = paces(like.filter(isFinished)) ?? run.pace ?? paces(like) ?? paces(this.runs);
    const steps = run.steps ?? median(like.flatMap((other) => other.steps ?? []));
    return pace === null || steps === null ? null : (steps - run.step) * pace;
  }
}

const isFinished = (run: RunProgress) => run.end?.status === 'finished';
