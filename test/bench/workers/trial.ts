import type { Batch } from '../batch';
import type { Workload } from '../workloads';

/** A workload, ready to be stepped by one contender. */
export interface Trial {
  /** Trainable ones of what is trained. */
  parameters: number;
  /** E.g. why it does not run as one graph. */
  remarks: string[];
  /** A whole step of training, its loss read as a number. */
  step(): number | Promise<number>;
}

export type MakeTrial = (workload: Workload, batch: Batch) => Promise<Trial>;

/** [B, C] */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const out = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => (out[i * classes + label] = 1));
  return out;
}

export const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
