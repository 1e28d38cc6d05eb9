import { stream } from '../data/random';
import type { CostFile } from '../runs/files';
import type { Inference } from './inference';

/** Each ends at its time where a call takes long, but not before the fewest calls. */
const WARM_UP = { fewest: 3, most: 50, milliseconds: 2_000 };
const MEASURED = { fewest: 20, most: 300, milliseconds: 10_000 };

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
async function timesOf(call: () => Promise<unknown>, limit: typeof MEASURED): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + limit.milliseconds;
  while (times.length < limit.most && (times.length < limit.fewest || performance.now() < end)) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  return times;
}
