import { totalmem } from 'node:os';
import { UserError } from '../config/errors';
import type { RunEvent } from '../runs/files';

export type Cause = (RunEvent & { event: 'end' })['cause'];

/** Training cannot go on: a number is not finite. */
export class Diverged extends UserError {}

/** @param step 1-based @throws Diverged where a term is NaN or infinite */
export function checkFinite(raw: Readonly<Record<string, number>>, step: number, learningRate: number): void {
  for (const [term, value] of Object.entries(raw))
    if (!Number.isFinite(value))
      throw new Diverged(
        `The ${term} loss became ${Number.isNaN(value) ? 'NaN' : 'infinite'} at step ${step}, at learning rate ${round(learningRate)}.`,
      );
}

/** @throws Diverged where a weight is NaN or infinite, so that no such checkpoint replaces a good one */
export function checkWeights(
  weights: Readonly<Record<string, Float32Array>>,
  step: number,
  learningRate: number,
): void {
  for (const [name, values] of Object.entries(weights))
    if (!values.every(Number.isFinite))
      throw new Diverged(
        `The weights "${name}" are no longer finite at step ${step}, at learning rate ${round(learningRate)}.`,
      );
}

const round = (value: number) => Number(value.toPrecision(3));

const MEMORY =
  /out of memory|OOM|Array buffer allocation failed|Invalid typed array length|Cannot enlarge memory|memory access out of bounds/i;

/** What an error says to a person, and its cause in the vocabulary of events. */
export function explain(error: unknown, step: number): { message: string; cause: Cause } {
  if (error instanceof Diverged) return { message: error.message, cause: 'nan' };
  if (error instanceof UserError) return { message: error.message, cause: 'input' };
  const message = error instanceof Error ? error.message : String(error);
  if (!MEMORY.test(message))
    return { message: `The trainer failed at step ${step}: ${message}`, cause: 'exit' };
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;
  return {
    message: `Ran out of memory at step ${step} (${gigabytes(process.memoryUsage().rss)} of ${gigabytes(totalmem())}). Halve the batch size.`,
    cause: 'memory',
  };
}
