import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { fromCheckpoint } from '../../../src/trainer/checkpoints';
import { measureLatency } from '../../../src/trainer/latency';
import { meter, peakBytes, UNUSED } from '../../../src/trainer/usage';

function burn(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;) Math.sqrt(end);
}

describe('what a training uses', () => {
  test('goes on from what it used before', () => {
    const used = meter({ seconds: 100, cpuSeconds: 200, peakBytes: 1e15 });
    burn(30);
    const { seconds, cpuSeconds, peakBytes: peak } = used();
    expect(seconds).toBeGreaterThan(100.02);
    expect(cpuSeconds).toBeGreaterThan(200);
    expect(peak).toBe(1e15);
  });

  test('is its share of the processor where several train in one process', () => {
    const [whole, quarter] = [meter(UNUSED), meter(UNUSED, 1 / 4)];
    burn(200);
    const [all, share] = [whole().cpuSeconds!, quarter().cpuSeconds!];
    expect(all).toBeGreaterThan(0.05);
    expect(share / all).toBeCloseTo(1 / 4, 1);
  });

  test('stays unknown where a checkpoint of an older version does not tell', () => {
    const { usage } = fromCheckpoint({ step: 3, selected: true, state: { seconds: 7 }, arrays: [] });
    expect(usage).toEqual({ seconds: 7, cpuSeconds: null, peakBytes: null });
    expect(meter(usage)()).toMatchObject({ cpuSeconds: null, peakBytes: null });
  });

  test('has the peak of the process', () => {
    const heavy = Buffer.alloc(400e6, 1);
    expect(peakBytes()).toBeGreaterThan(heavy.length);
  });
});

describe('latency', () => {
  test('is the median and the 95th percentile of calls after a warm-up', async () => {
    const sizes: number[] = [];
    const inference = {
      logits: async (inputs: Float32Array) => {
        sizes.push(inputs.length);
        if (sizes.length <= 50) await sleep(5);
        return inputs;
      },
    };
    const { batch, repeats, medianMicroseconds, p95Microseconds } = await measureLatency(
      inference,
      [4, 2],
      32,
    );
    expect({ batch, repeats }).toEqual({ batch: 32, repeats: 300 });
    expect(new Set(sizes)).toEqual(new Set([256]));
    expect(sizes).toHaveLength(350);
    expect(medianMicroseconds).toBeLessThan(4_000);
    expect(p95Microseconds).toBeGreaterThanOrEqual(medianMicroseconds);
  });
});
