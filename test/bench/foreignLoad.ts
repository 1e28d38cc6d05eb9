import { cpus } from 'node:os';

/** Milliseconds that all cores together were at work, and in all, since the machine started. */
export interface ProcessorTimes {
  busy: number;
  all: number;
}

export function processorTimes(): ProcessorTimes {
  const sums = cpus().map(({ times: { user, nice, sys, irq, idle } }) => [user + nice + sys + irq, idle]);
  const busy = sums.reduce((sum, [at]) => sum + at!, 0);
  return { busy, all: busy + sums.reduce((sum, [, idle]) => sum + idle!, 0) };
}

/**
 * Share of all cores that others used between two looks. A library whose threads wait for each other loses far more by it
 * than one whose threads do not: figures of a busy machine say nothing.
 *
 * @param ownMs of the processor, used by who was measured
 */
export const foreignShare = (before: ProcessorTimes, after: ProcessorTimes, ownMs: number): number =>
  Math.max(0, after.busy - before.busy - ownMs) / Math.max(1, after.all - before.all);
