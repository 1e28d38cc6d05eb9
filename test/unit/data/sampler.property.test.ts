import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../../src/data/sampler';

fc.configureGlobal({ seed: 0 });

describe('Sampler', () => {
  it('visits every row once per epoch, whichever step is requested first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 17 }),
        fc.nat(5),
        (count, size, epoch) => {
          const rows = Int32Array.from({ length: count }, (_, i) => 10 * i);
          const sampler = new Sampler(rows, size, 3);
          expect(sampler.stepsPerEpoch).toBe(Math.ceil(count / size));
          const seen: number[] = [];
          for (let s = 0; s < sampler.stepsPerEpoch; s++) {
            const step = epoch * sampler.stepsPerEpoch + s;
            const batch = sampler.batch(step);
            expect(batch.length).toBeGreaterThan(0);
            expect(batch.length).toBeLessThanOrEqual(size);
            expect(new Sampler(rows, size, 3).batch(step)).toEqual(batch);
            seen.push(...batch);
          }
          expect(Int32Array.from(seen).sort()).toEqual(rows);
        },
      ),
    );
  });

  it('has another order for each epoch and seed, and does not modify the rows', () => {
    const rows = Int32Array.from({ length: 50 }, (_, i) => i);
    const first = new Sampler(rows, 50, 0);
    expect(first.batch(0).slice()).not.toEqual(first.batch(1).slice());
    expect(new Sampler(rows, 50, 1).batch(0)).not.toEqual(first.batch(0));
    expect(rows).toEqual(Int32Array.from({ length: 50 }, (_, i) => i));
  });
});
