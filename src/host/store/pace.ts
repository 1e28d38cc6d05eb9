const REMEMBERED = 50;
const SHARE_BEFORE_ESTIMATE = 0.05;
const MILLISECONDS_BEFORE_ESTIMATE = 3000;

/** The pace of a run: the median over its last 50 steps, which pauses and evaluations do not change. */
export class Pace {
  private durations: number[] = [];
  private previous: { time: number; step: number } | null = null;
  private started: { time: number; step: number } | null = null;

  restart(time: number, step: number): void {
    this.durations = [];
    this.started = this.previous = { time, step };
  }

  step(time: number, step: number): void {
    if (this.previous && step > this.previous.step) {
      this.durations.push((time - this.previous.time) / (step - this.previous.step));
      if (this.durations.length > REMEMBERED) this.durations.shift();
    }
    this.previous = { time, step };
    this.started ??= this.previous;
  }

  /** Milliseconds per step; null before the second step. */
  get perStep(): number | null {
    if (this.durations.length === 0) return null;
    const sorted = [...this.durations].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const upper = sorted[middle] ?? 0;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  }

  /** Seconds to the planned end; null before 5 % of the steps or 3 s have passed. */
  secondsLeft(plannedSteps: number): number | null {
    if (this.perStep === null || !this.previous || !this.started) return null;
    const early =
      this.previous.step - this.started.step < SHARE_BEFORE_ESTIMATE * plannedSteps &&
      this.previous.time - this.started.time < MILLISECONDS_BEFORE_ESTIMATE;
    return early ? null : (Math.max(0, plannedSteps - this.previous.step) * this.perStep) / 1000;
  }
}
