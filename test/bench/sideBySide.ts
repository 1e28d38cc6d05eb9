import { Client } from './client';
import { REFERENCE, type Contender } from './contenders';
import { attempt, block, warmUp, type Row, type Runner } from './runner';
import { ratioOf, spread } from './statistics';
import type { Workload } from './workloads';

export interface Pace {
  repeats: number;
  blockMs: number;
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
    row.foreign = spread(blocks.map(({ foreign }) => foreign));
    row.ratio = reference
      ? ratioOf(
          clock,
          reference.map(({ ms }) => ms),
        )
      : null;
  }
  return rows;
}
