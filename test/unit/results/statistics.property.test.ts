import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crossedBootstrap } from '../../../src/results/bootstrap';
import { inform } from '../../../src/results/information';
import { signTest } from '../../../src/results/information';
import { holm, interval, pairedDifference, pValue } from '../../../src/results/statistics';

/** Right and wrong answers of two arms: the same seeds and examples, and a permutation of each. */
const tables = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 30 }))
  .chain(([seeds, examples]) => {
    const row = fc.array(fc.constantFrom(0, 1), { minLength: examples, maxLength: examples });
    const arm = fc
      .array(row, { minLength: seeds, maxLength: seeds })
      .map((rows) => rows.map((r) => Uint8Array.from(r)));
    const order = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n });
    return fc.record({
      distilled: arm,
      scratch: arm,
      seedOrder: order(seeds),
      exampleOrder: order(examples),
    });
  });
const judged = (distilled: Uint8Array[], scratch: Uint8Array[]) => {
  const { mean, variation } = pairedDifference(distilled, scratch);
  const { low, high } = interval(mean, variation, 0.95);
  return { mean, low, high, p: pValue(mean, variation) };
};
const informed = (distilled: Uint8Array[], scratch: Uint8Array[]) => {
  const answers = distilled.map((row, seed) => ({ seed, distilled: row, scratch: scratch[seed]! }));
  return inform(answers, pairedDifference(distilled, scratch), 0.95);
};
const close = (a: Record<string, number>, b: Record<string, number>) => {
  for (const key of Object.keys(a)) expect(b[key], key).toBeCloseTo(a[key]!, 9);
};

it('the order of seeds and examples changes nothing', () => {
  fc.assert(
    fc.property(tables, ({ distilled, scratch, seedOrder, exampleOrder }) => {
      const reordered = (rows: Uint8Array[]) =>
        seedOrder.map((s) => Uint8Array.from(exampleOrder, (i) => rows[s]![i]!));
      close(judged(distilled, scratch), judged(reordered(distilled), reordered(scratch)));
      const [before, after] = [
        informed(distilled, scratch),
        informed(reordered(distilled), reordered(scratch)),
      ];
      expect(after.signs).toEqual(before.signs);
      close(after.seedInterval, before.seedInterval);
      expect(after.mcnemar.map(({ b, c, p }) => [b, c, p])).toEqual(
        seedOrder.map((s) => before.mcnemar[s]!).map(({ b, c, p }) => [b, c, p]),
      );
    }),
  );
});

it('swapping the arms turns every sign and leaves every p', () => {
  fc.assert(
    fc.property(tables, ({ distilled, scratch }) => {
      const { mean, low, high, p } = judged(distilled, scratch);
      close({ mean: -mean, low: -high, high: -low, p }, judged(scratch, distilled));
      const [a, b] = [informed(distilled, scratch), informed(scratch, distilled)];
      close(b.seedInterval, { low: -a.seedInterval.high, high: -a.seedInterval.low });
      close(b.bootstrap, { ...a.bootstrap, low: -a.bootstrap.high, high: -a.bootstrap.low });
      expect(b.signs).toEqual({ ...a.signs, won: a.signs.lost, lost: a.signs.won });
      expect(b.mcnemar).toEqual(a.mcnemar.map((one) => ({ ...one, b: one.c, c: one.b })));
    }),
  );
});

it('every interval holds the mean and stays where a difference can be; nothing is ever not a number', () => {
  fc.assert(
    fc.property(tables, ({ distilled, scratch }) => {
      const { mean, low, high, p } = judged(distilled, scratch);
      const { seedInterval, bootstrap, mcnemar, signs } = informed(distilled, scratch);
      for (const one of [{ low, high }, seedInterval]) {
        expect(one.low).toBeLessThanOrEqual(mean);
        expect(one.high).toBeGreaterThanOrEqual(mean);
      }
      for (const value of [low, high, seedInterval.low, seedInterval.high, bootstrap.low, bootstrap.high])
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
      for (const one of [p, signs.p, ...mcnemar.map((test) => test.p)]) {
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(1);
      }
      // b − c of the answers that changed is what accuracy gained.
      const gained = mcnemar.reduce((sum, { b, c }) => sum + b - c, 0);
      expect(gained / (distilled.length * distilled[0]!.length)).toBeCloseTo(mean, 12);
      expect(signs.won + signs.tied + signs.lost).toBe(distilled.length);
    }),
  );
});

it('a seed or an example more of the same kind never widens what is resampled', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 }), (moved, seeds) => {
      const width = (examples: number) => {
        const row = Int8Array.from({ length: examples }, (_, i) => (i % 50 < moved ? 1 : 0));
        const { low, high } = crossedBootstrap(Array<Int8Array>(seeds).fill(row), 0.95);
        return high - low;
      };
      expect(width(800)).toBeLessThan(width(50));
    }),
    { numRuns: 30 },
  );
});

it('the sign test is 1 where the split is even, and falls as it grows uneven', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (won, lost) => {
      const p = signTest(won, lost);
      expect(signTest(lost, won)).toBe(p);
      if (Math.abs(won - lost) <= 1) expect(p).toBeCloseTo(1, 9);
      if (won >= lost) expect(signTest(won + 1, lost)).toBeLessThanOrEqual(p + 1e-12);
    }),
  );
});

it('Holm never lowers a p, keeps their order, and is at most Bonferroni', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (p) => {
      const corrected = holm(p);
      corrected.forEach((one, i) => {
        expect(one).toBeGreaterThanOrEqual(p[i]!);
        expect(one).toBeLessThanOrEqual(Math.min(1, p.length * p[i]!));
        p.forEach((other, j) => {
          if (other < p[i]!) expect(corrected[j]).toBeLessThanOrEqual(one);
        });
      });
    }),
  );
});
