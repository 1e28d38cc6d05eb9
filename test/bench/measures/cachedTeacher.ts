import { Client } from '../client';
import type { Contender } from '../contenders';
import { median, ratioOf, spread, type Spread } from '../statistics';

/** A student’s step with soft targets given, against one with its teacher’s forward pass in it. */
export interface CachedAgainstLive {
  contender: string;
  cachedMs: Spread;
  liveMs: Spread;
  ratio: Spread;
}

const STEPS = 10;

/** By turns in one process. */
export async function cachedAgainstLive(contender: Contender, repeats: number): Promise<CachedAgainstLive> {
  const client = new Client(contender);
  const block = async (workload: string) => median((await client.steps(workload, STEPS)).ms.slice(1));
  try {
    for (const workload of ['kd', 'student']) await block(workload);
    const live: number[] = [];
    const cached: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      live.push(await block('kd'));
      cached.push(await block('student'));
    }
    const ratio = ratioOf(cached, live);
    return { contender: contender.id, cachedMs: spread(cached), liveMs: spread(live), ratio };
  } finally {
    await client.end();
  }
}
