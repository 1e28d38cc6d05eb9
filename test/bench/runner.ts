import { type Client, WorkerFailed } from './client';
import { foreignShare, processorTimes } from './foreignLoad';
import { median, type Spread } from './statistics';
import type { Workload } from './workloads';

/** How one contender did at one workload. */
export interface Row {
  contender: string;
  /** Why there are no figures. */
  failed?: string;
  remarks?: string[];
  /** By the clock, of a step: medians of each repeat’s block. */
  ms?: Spread;
  /** Of the processor, all threads together. */
  cpuMs?: Spread;
  /** To the reference, of the clock: medians of paired repeats. */
  ratio?: Spread | null;
  /** Share of all cores that others used meanwhile, 0 to 1. */
  foreign?: Spread;
  stepsPerBlock?: number;
  parameters?: number;
  /** After so many steps from the beginning, on one batch. */
  loss?: number;
  startMs?: number;
  peakMemoryMB?: number;
}

/** A contender at work. */
export interface Runner {
  id: string;
  client: Client;
  row: Row;
  blocks: { ms: number; cpuMs: number; foreign: number }[];
}

/** Steps before anything is measured; the loss after them is everybody’s to compare. */
export const WARM_UP = 6;
const SHORTEST = 3;
const LONGEST = 400;
const PAUSE_MS = 30;

export async function warmUp({ client, row }: Runner, { id }: Workload, blockMs: number): Promise<void> {
  await client.steps(id, 1);
  const { ms, loss, parameters, remarks } = await client.steps(id, WARM_UP - 1);
  // Some libraries are slow for longer than that, so the length of a block is found in two goes.
  const stepsIn = (times: readonly number[]) =>
    Math.min(LONGEST, Math.max(SHORTEST, Math.round(blockMs / Math.min(...times))));
  const steps = stepsIn((await client.steps(id, stepsIn(ms))).ms);
  Object.assign(row, { startMs: client.startMs, stepsPerBlock: steps, parameters, loss, remarks });
}

/** One step more than is counted: the first finds caches that others have used. */
export async function block({ client, row, blocks }: Runner, { id }: Workload): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const before = processorTimes();
  const { ms, cpuMs, peakMemoryMB } = await client.steps(id, row.stepsPerBlock! + 1);
  const own = cpuMs.reduce((a, b) => a + b, 0);
  const foreign = foreignShare(before, processorTimes(), own);
  blocks.push({ ms: median(ms.slice(1)), cpuMs: median(cpuMs.slice(1)), foreign });
  row.peakMemoryMB = peakMemoryMB;
}

export async function attempt({ client, row }: Runner, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof WorkerFailed)) throw error;
    row.failed = error.message;
    await client.end();
    return false;
  }
}
