import type { Experiment } from '../config/resolved';
import { stopNow } from '../runner/stop';
import { requestStop } from '../runs/stop';

/** Milliseconds. npm forwards a signal that the terminal also sends to its child, so one press may arrive twice. */
const ONE_PRESS = 150;

/** Handles Ctrl-C: once requests a stop with checkpoints, twice ends all processes. */
export class InterruptHandler {
  private presses = 0;
  private last = -Infinity;
  private isReady = false;
  private readonly onSignal = () => this.press();

  constructor(
    private readonly where: Pick<Experiment, 'root' | 'runsFolder'>,
    private readonly log: (line: string) => void,
  ) {
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
  }

  get pressed(): boolean {
    return this.presses > 0;
  }

  /** Call when a runner has started; an earlier press is passed on to it. */
  ready(): void {
    this.isReady = true;
    if (this.pressed) requestStop(this.where.runsFolder);
  }

  close(): void {
    process.off('SIGINT', this.onSignal);
    process.off('SIGTERM', this.onSignal);
  }

  private press(): void {
    const now = performance.now();
    if (now - this.last < ONE_PRESS) return;
    this.last = now;
    this.presses += 1;
    if (this.presses === 1) {
      this.log('Stopping: each run writes a checkpoint first. (Press Ctrl-C again to stop at once.)');
      if (this.isReady) requestStop(this.where.runsFolder);
    } else {
      this.log('Ending all processes now.');
      void stopNow(this.where, 0);
    }
  }
}
