import { Client, WorkerFailed } from './client';
import { REFERENCE, type Contender } from './contenders';
import { median, ratioOf, spread, type Spread } from './statistics';
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
  stepsPerBlock?: number;
  parameters?: number;
  /** After so many steps from the beginning, on one batch. */
  loss?: number;
  startMs?: number;
  peakMemoryMB?: number;
}

export interface Pace {
  repeats: number;
  blockMs: number;
}

/** Steps before anything is measured; the loss after them is everybody’s to compare. */
export const WARM_UP = 6;
const SHORTEST = 3;
const LONGEST = 400;
const PAUSE_MS = 30;

/** A contender at work. */
interface Runner {
  id: string;
  client: Client;
  row: Row;
  blocks: { ms: number; cpuMs: number }[];
}

/**
 * All contenders at one workload, each in a process of its own that lives throughout. In each repeat each does a block of
 * steps, alone, one after the other; who begins changes from repeat to repeat.
 */
export async function sideBySide(
  workload: Workload,
  contenders: readonly Contender[],
  { repeats, blockMs }: Pace,
  say: (sentence: string) => void,
): Promise<Row[]> {
  const runners: Runner[] = [];
  const rows: Row[] = [];
  for (const contender of contenders) {
    if (contender.only && !contender.only.includes(workload.id)) continue;
    const row: Row = { contender: contender.id };
    rows.push(row);
    if (contender.missing !== null) {
      row.failed = contender.missing;
      continue;
    }
    const runner = { id: contender.id, client: new Client(contender), row, blocks: [] };
    if (await attempt(runner, () => warmUp(runner, workload, blockMs))) runners.push(runner);
    say(`  ${contender.title}: ${row.failed ?? `${row.stepsPerBlock} steps a block`}`);
  }
  for (let repeat = 0; repeat < repeats; repeat++)
    for (let turn = 0; turn < runners.length; turn++) {
      const runner = runners[(turn + repeat) % runners.length]!;
      if (runner.row.failed === undefined) await attempt(runner, () => block(runner, workload));
    }
  const reference = runners.find(({ id, row }) => id === REFERENCE && row.failed === undefined)?.blocks;
  for (const { client, row, blocks } of runners) {
    await client.end();
    if (row.failed !== undefined) continue;
    const clock = blocks.map(({ ms }) => ms);
    row.ms = spread(clock);
    row.cpuMs = spread(blocks.map(({ cpuMs }) => cpuMs));
    row.ratio = reference
      ? ratioOf(
          clock,
          reference.map(({ ms }) => ms),
        )
      : null;
  }
  return rows;
}

async function warmUp({ client, row }: Runner, { id }: Workload, blockMs: number): Promise<void> {
  await client.steps(id, 1);
  const { ms, loss, parameters, remarks } = await client.steps(id, WARM_UP - 1);
  // Some libraries are slow for longer than that, so the length of a block is found in two goes.
  const stepsIn = (times: readonly number[]) =>
    Math.min(LONGEST, Math.max(SHORTEST, Math.round(blockMs / Math.min(...times))));
  const steps = stepsIn((await client.steps(id, stepsIn(ms))).ms);
  Object.assign(row, { startMs: client.startMs, stepsPerBlock: steps, parameters, loss, remarks });
}

/** One step more than is counted: the first finds caches that others have used. */
async function block({ client, row, blocks }: Runner, { id }: Workload): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const { ms, cpuMs, peakMemoryMB } = await client.steps(id, row.stepsPerBlock! + 1);
  blocks.push({ ms: median(ms.slice(1)), cpuMs: median(cpuMs.slice(1)) });
  row.peakMemoryMB = peakMemoryMB;
}

async function attempt({ client, row }: Runner, act: () => Promise<void>): Promise<boolean> {
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
