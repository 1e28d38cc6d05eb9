import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairedDifference } from '../../../src/results/statistics';
import { reachVerdict } from '../../../src/results/verdict';
import type { Evidence } from '../../../src/results/evidence';

/** Two arms of 1–6 seeds on 2–120 examples, from none right to all right, so that degenerate tables come up often. */
const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    seeds: fc.integer({ min: 2, max: 6 }),
    examples: fc.integer({ min: 2, max: 120 }),
    right: fc.tuple(fc.nat(10), fc.nat(10)),
    minGain: fc.constantFrom(0, 0.2, 1.5),
    look: fc.integer({ min: 1, max: 3 }),
    pHolm: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    otherLabels: fc.constantFrom(0, 900),
    table: fc.infiniteStream(fc.nat(9)),
  })
  .map(({ seeds, examples, right, table, ...more }) => {
    const arm = (share: number) =>
      Array.from({ length: seeds }, () =>
        Uint8Array.from({ length: examples }, () => (table.next().value! < share ? 1 : 0)),
      );
    const { mean, variation } = pairedDifference(arm(right[0]), arm(right[1]));
    return {
      complete: true,
      unlisted: false,
      opening: false,
      deleted: 0,
      lostRuns: 0,
      teacher: null,
      scratchAccuracy: null,
      improving: false,
      hasScratch: true,
      ended: null,
      unequalSteps: null,
      plannedSeeds: seeds,
      pairedSeeds: seeds,
      failedRuns: 0,
      mean,
      variation,
      examples,
      taught: true,
      temperature: 4,
      secondsLeft: null,
      ...more,
    };
  });

it('every verdict follows from its interval, and every sentence is one', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const { verdict, interval, sentence, ...settle } = reachVerdict(given);
      expect(sentence).not.toMatch(/NaN|Infinity|undefined|null|∞/);
      expect(sentence).toMatch(/\.$/);
      expect(interval === null).toBe(given.pairedSeeds < 4 || given.examples < 50);
      if (interval === null) {
        expect(verdict).toBe('INCONCLUSIVE');
        return;
      }
      expect(interval.level).toBe(given.look > 1 ? 0.99 : 0.95);
      const excluded = interval.high * 100 < given.minGain;
      const corrected = given.pHolm === null || given.pHolm < 1 - interval.level;
      const expected =
        interval.high < 0 && corrected
          ? 'HURTS'
          : excluded
            ? 'NO BEATS'
            : interval.low > 0 && corrected
              ? 'BEATS'
              : 'INCONCLUSIVE';
      expect(verdict).toBe(expected);
      if (settle.seedsToSettle !== null) expect(settle.seedsToSettle).toBeGreaterThan(given.pairedSeeds);
      if (settle.examplesToSettle !== null) expect(settle.examplesToSettle).toBeGreaterThan(given.examples);
      if (verdict !== 'INCONCLUSIVE') expect(settle).toEqual({ seedsToSettle: null, examplesToSettle: null });
    }),
    { numRuns: 400 },
  );
});

it('a gain that is wished for larger never turns NO BEATS into anything else', () => {
  fc.assert(
    fc.property(evidence, fc.double({ min: 0, max: 50, noNaN: true }), (given, more) => {
      if (reachVerdict(given).verdict !== 'NO BEATS') return;
      expect(reachVerdict({ ...given, minGain: given.minGain + more }).verdict).toBe('NO BEATS');
    }),
  );
});
