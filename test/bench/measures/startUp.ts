import { Client, WorkerFailed } from '../client';
import type { Contender } from '../contenders';
import { spread, type Spread } from '../statistics';

/** From the start of a process to the end of its first step. */
export interface StartUp {
  contender: string;
  workload: string;
  ms: Spread;
}

/** In turns, each time in a fresh process. */
export async function startUp(
  contenders: readonly Contender[],
  workload: string,
  repeats: number,
): Promise<StartUp[]> {
  const times = new Map<string, number[]>();
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const contender of contenders) {
      if (contender.missing !== null || (contender.only && !contender.only.includes(workload))) continue;
      const client = new Client(contender);
      try {
        await client.steps(workload, 1);
        times.set(contender.id, [...(times.get(contender.id) ?? []), client.startMs!]);
      } catch (error) {
        if (!(error instanceof WorkerFailed)) throw error;
      } finally {
        await client.end();
      }
    }
  return [...times].map(([contender, ms]) => ({ contender, workload, ms: spread(ms) }));
}
