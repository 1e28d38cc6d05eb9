import { readFileSync } from 'node:fs';

/** Resident, the most since the process began, in MB. Linux counts what the parent held before `exec` into `maxRSS`. */
export function peakMemory(): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
