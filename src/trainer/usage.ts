import { existsSync, readFileSync } from 'node:fs';
import { ownClock } from './clock';

const STATUS = '/proc/self/status';

/** Resources used by a training, over all its attempts; null if one of them did not record it. */
export interface Usage {
  /** Of wall time. */
  seconds: number;
  /** Of processors, all threads together. */
  cpuSeconds: number | null;
  /** Highest resident set size of its processes. */
  peakBytes: number | null;
}

export const NO_USAGE: Usage = { seconds: 0, cpuSeconds: 0, peakBytes: 0 };

/** Starts counting what an attempt uses, in addition to earlier attempts. */
export function startMeter(before: Usage, clock = ownClock): () => Usage {
  const begun = { wall: clock.wall(), processor: clock.processor() };
  return () => ({
    seconds: before.seconds + (clock.wall() - begun.wall) / 1000,
    cpuSeconds:
      before.cpuSeconds === null ? null : before.cpuSeconds + (clock.processor() - begun.processor) / 1000,
    peakBytes: before.peakBytes === null ? null : Math.max(before.peakBytes, peakBytes()),
  });
}

/**
 * Highest resident set of this process so far. On Linux `maxRSS` begins with what the process that started this one had at
 * that time (getrusage(2)), while VmHWM is this program’s own.
 */
export function peakBytes(): number {
  const own = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return 1024 * (own === undefined ? process.resourceUsage().maxRSS : Number(own));
}
