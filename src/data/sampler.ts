import { stream } from './random';

/**
 * The rows of each step. Every epoch visits each row once, in another order; the last batch of an epoch may be smaller. A
 * function of rows, batch size, seed and step alone, so a checkpoint does not have to store it.
 */
export class Sampler {
  readonly stepsPerEpoch: number;
  private epoch = -1;
  private order: Int32Array = new Int32Array();

  constructor(
    private readonly rows: Int32Array,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {
    this.stepsPerEpoch = Math.max(1, Math.ceil(rows.length / batchSize));
  }

  /** The possible batch sizes. */
  get sizes(): number[] {
    const full = Math.min(this.batchSize, this.rows.length);
    const last = this.rows.length % full;
    return last === 0 ? [full] : [full, last];
  }

  /** Rows of the data set for the 0-based `step`; read-only. */
  batch(step: number): Int32Array {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    if (epoch !== this.epoch) {
      this.order = stream(this.seed, 'order', epoch).shuffle(this.rows.slice());
      this.epoch = epoch;
    }
    const start = (step % this.stepsPerEpoch) * this.batchSize;
    return this.order.subarray(start, start + this.batchSize);
  }
}
