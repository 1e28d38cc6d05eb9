import { totalmem } from 'node:os';

/** What a process that reads may take. */
export interface Limits {
  /** Bytes of memory, buffers and program together. */
  memory: number;
  seconds: number;
}

/** Training holds the data in memory as well: what takes more than half of it to read cannot be trained on either. */
const SHARE_OF_MEMORY = 0.5;
const SECONDS = 300;

/** Half of what this process may have (a container may have less than its machine), and five minutes. */
export function usualLimits(): Limits {
  const constrained = process.constrainedMemory?.() ?? 0;
  const there = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { memory: SHARE_OF_MEMORY * there, seconds: SECONDS };
}
