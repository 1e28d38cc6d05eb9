import { stream } from '../data/random';
import type { CostFile } from '../runs/files';
import type { Inference } from './inference';

/** So many calls and so long, since a compiler needs both to be done; where a call takes long, no longer than `longest`. */
const WARM_UP = { calls: 50, milliseconds: 500, longest: 2_000, fewest: 3 };
const MEASURED = { calls: 300, milliseconds: 500, longest: 10_000, fewest: 20 };

/**
 * How long a batch takes, from its inputs as numbers to its logits as numbers, after a warm-up. The inputs mean nothing:
 * what a network costs does not depend on them.
 */
export async function measureLatency(
  inference: Pick<Inference, 'logits'>,
  inputShape: readonly number[],
  batch: number,
): Promise<CostFile['latency'][number]> {
  const inputs = new Float32Array(batch * inputShape.reduce((a, b) => a * b, 1));
  stream(0, 'latency').fillNormal(inputs);
  const call = () => inference.logits(inputs);
  await timesOf(call, WARM_UP);
  const times = (await timesOf(call, MEASURED)).sort((a, b) => a - b);
  const at = (share: number) => 1000 * times[Math.floor(share * (times.length - 1))]!;
  return { batch, medianMicroseconds: at(0.5), p95Microseconds: at(0.95), repeats: times.length };
}

/** Milliseconds of each call. */
async function timesOf(
  call: () => Promise<unknown>,
  { calls, milliseconds, longest, fewest }: typeof MEASURED,
): Promise<number[]> {
  const times: number[] = [];
  const first = performance.now();
  for (let now = first; ;) {
    const passed = now - first;
    if (times.length >= calls && passed >= milliseconds) return times;
    if (times.length >= fewest && passed >= longest) return times;
    await call();
    const after = performance.now();
    times.push(after - now);
    now = after;
  }
}
