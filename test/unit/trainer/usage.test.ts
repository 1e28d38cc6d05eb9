import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SharedClock } from '../../../src/trainer/clock';
import { fromCheckpoint } from '../../../src/trainer/checkpoints';
import { measureLatency } from '../../../src/trainer/latency';
import { startMeter, peakBytes, NO_USAGE } from '../../../src/trainer/usage';

/** Uses so many seconds of a processor, however long a busy machine takes to give them. */
function burn(seconds: number): void {
  const begun = process.cpuUsage();
  while (process.cpuUsage(begun).user < seconds * 1e6) Math.sqrt(seconds);
}

describe('what a training uses', () => {
  test('goes on from what it used before', () => {
    const used = startMeter({ seconds: 100, cpuSeconds: 200, peakBytes: 1e15 });
    burn(0.03);
    const { seconds, cpuSeconds, peakBytes: peak } = used();
    expect(seconds).toBeGreaterThan(100.01);
    expect(cpuSeconds).toBeGreaterThan(200.02);
    expect(peak).toBe(1e15);
  });

  test('is its share of a process where several train in it, as long as each is there', () => {
    let there = 4;
    const shared = new SharedClock(() => there);
    const [whole, member] = [startMeter(NO_USAGE), startMeter(NO_USAGE, shared)];
    burn(0.2);
    const [all, quarter] = [whole(), member()];
    expect(quarter.cpuSeconds! / all.cpuSeconds!).toBeCloseTo(1 / 4, 1);
    expect(quarter.seconds / all.seconds).toBeCloseTo(1 / 4, 1);
    shared.update();
    there = 1;
    burn(0.2);
    const rest = whole().cpuSeconds! - all.cpuSeconds!;
    expect((member().cpuSeconds! - quarter.cpuSeconds!) / rest).toBeCloseTo(1, 1);
  });

  test('stays unknown where a checkpoint of an older version does not tell', () => {
    const { usage } = fromCheckpoint({ step: 3, selected: true, state: { seconds: 7 }, arrays: [] });
    expect(usage).toEqual({ seconds: 7, cpuSeconds: null, peakBytes: null });
    expect(startMeter(usage)()).toMatchObject({ cpuSeconds: null, peakBytes: null });
  });

  test('has the peak of the process', () => {
    const heavy = Buffer.alloc(400e6, 1);
    expect(peakBytes()).toBeGreaterThan(heavy.length);
  });
});

describe('latency', () => {
  test('is the median and the 95th percentile of calls after a warm-up', async () => {
    const begun = performance.now();
    const sizes = new Set<number>();
    const inference = {
      logits: async (inputs: Float32Array) => {
        sizes.add(inputs.length);
        // As a call is that no compiler has seen often enough.
        if (performance.now() - begun < 400) await sleep(5);
        return inputs;
      },
    };
    const { batch, repeats, medianMicroseconds, p95Microseconds } = await measureLatency(
      inference,
      [4, 2],
      32,
    );
    expect(batch).toBe(32);
    expect([...sizes]).toEqual([256]);
    expect(repeats).toBeGreaterThanOrEqual(300);
    expect(medianMicroseconds).toBeLessThan(4_000);
    expect(p95Microseconds).toBeGreaterThanOrEqual(medianMicroseconds);
  });
});
