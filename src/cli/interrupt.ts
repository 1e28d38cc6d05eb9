import type { Experiment } from '../config/resolved';
import { stopNow } from '../runner/stop';
import { requestStop } from '../runs/stop';

/** One press may arrive twice: npm passes on to its child what the terminal sends to both. */
const ONE_PRESS = 150;

/** Ctrl-C: once asks for checkpoints and the end, twice ends everything at once. */
export class StopKey {
  private presses = 0;
  private last = -Infinity;
  private isReady = false;
  private readonly onSignal = () => this.press();

  constructor(
    private readonly where: Pick<Experiment, 'root' | 'runsFolder'>,
    private readonly say: (line: string) => void,
  ) {
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
  }

  get pressed(): boolean {
    return this.presses > 0;
  }

  /** There is a runner that would see a request; one made before is passed on now. */
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
      this.say('Stopping: each run writes a checkpoint first. (Press Ctrl-C again to stop at once.)');
      if (this.isReady) requestStop(this.where.runsFolder);
    } else {
      this.say('Ending all processes now.');
      void stopNow(this.where, 0);
    }
  }
}
