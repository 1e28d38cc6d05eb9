import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cachingErrors } from '../../../../src/results/laboratory/caching';
import type { Examples } from '../../../../src/results/laboratory/examples';
import { measure } from '../../../../src/results/laboratory/measure';
import { orderAgreement, wrongClasses } from '../../../../src/results/laboratory/order';

const settings = { numRuns: 60, seed: 1503 };
const CLASSES = 5;
const rows = (count: number) =>
  fc
    .array(fc.double({ min: -20, max: 20, noNaN: true }), {
      minLength: count * CLASSES,
      maxLength: count * CLASSES,
    })
    .map((values) => Float32Array.from(values));
const examples = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    teacher: rows(count),
    student: rows(count),
    scratch: fc.option(rows(count)),
    labels: fc.array(fc.nat(CLASSES - 1), { minLength: count, maxLength: count }),
    classes: fc.constant(CLASSES),
  }),
);

describe('what is measured of any logits', () => {
  it('entropy rises with T, from below to uniform, for every quantile', () => {
    fc.assert(
      fc.property(examples, (given) => {
        const { entropy } = measure(given);
        for (const lines of [entropy.teacher, entropy.student, entropy.scratch ?? []])
          for (const line of lines) {
            line.slice(1).forEach((bits, i) => expect(bits).toBeGreaterThanOrEqual(line[i]! - 1e-9));
            expect(line.at(-1)).toBeLessThanOrEqual(Math.log2(CLASSES) + 1e-9);
          }
      }),
      settings,
    );
  });

  it('does not depend on the order of the examples, nor of the classes', () => {
    fc.assert(
      fc.property(examples, fc.integer(), (given, salt) => {
        const count = given.labels.length;
        const order = shuffled(count, salt);
        const classOf = shuffled(CLASSES, salt + 1);
        const moved = (logits: Float32Array) =>
          Float32Array.from(
            { length: logits.length },
            (_, at) => logits[order[Math.floor(at / CLASSES)]! * CLASSES + classOf[at % CLASSES]!]!,
          );
        const other: Examples = {
          teacher: moved(given.teacher),
          student: moved(given.student),
          scratch: given.scratch && moved(given.scratch),
          labels: order.map((row) => classOf.indexOf(given.labels[row]!)),
          classes: CLASSES,
        };
        const [a, b] = [measure(given), measure(other)];
        const near = (one: readonly number[], two: readonly number[]) =>
          one.forEach((value, i) => expect(two[i]).toBeCloseTo(value, 6));
        near(a.entropy.teacher.flat(), b.entropy.teacher.flat());
        near(a.trueClass.student, b.trueClass.student);
        near(a.gradient.soft, b.gradient.soft);
        near(a.scaledDivergence, b.scaledDivergence);
        near(
          [a.matchingLimit, a.gradient.hard, a.order.student],
          [b.matchingLimit, b.gradient.hard, b.order.student],
        );
      }),
      settings,
    );
  });

  it('T²·KL comes to the loss of logit matching as T grows', () => {
    fc.assert(
      fc.property(examples, (given) => {
        // Logits this small are already in the limit at T 100.
        const small = (logits: Float32Array) => logits.map((z) => z / 20);
        const { scaledDivergence, matchingLimit } = measure({
          ...given,
          teacher: small(given.teacher),
          student: small(given.student),
        });
        expect(Math.abs(scaledDivergence.at(-1)! - matchingLimit)).toBeLessThan(0.03 * matchingLimit + 1e-9);
      }),
      settings,
    );
  });

  it('keeping more logits never needs fewer, and keeping all but one loses nothing', () => {
    fc.assert(
      fc.property(examples, (given) => {
        const { topK, enough } = cachingErrors(given);
        expect(topK.map(({ k }) => k)).toEqual([1, 2, 3, 4]);
        for (const error of topK.at(-1)!.probability) expect(error).toBeLessThan(1e-5);
        for (const k of enough) expect(k).toBeGreaterThanOrEqual(1);
      }),
      settings,
    );
  });
});

describe('the order of the wrong classes', () => {
  const row = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: CLASSES, maxLength: CLASSES });

  it('leaves out the label, and no temperature changes it', () => {
    fc.assert(
      fc.property(row, fc.nat(CLASSES - 1), fc.double({ min: 0.5, max: 100, noNaN: true }), (z, label, t) => {
        const order = wrongClasses(z, label);
        expect([...order, label].sort()).toEqual([0, 1, 2, 3, 4]);
        expect(
          wrongClasses(
            z.map((one) => one / t),
            label,
          ),
        ).toEqual(order);
      }),
      settings,
    );
  });

  it('agrees with itself wholly, with its reverse not at all, and as much either way round', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 4, maxLength: 4 }),
        row,
        fc.nat(3),
        (z, other, label) => {
          expect(orderAgreement(z, z, label)).toBe(1);
          expect(
            orderAgreement(
              z,
              z.map((one) => -one),
              label,
            ),
          ).toBe(-1);
          const four = other.slice(0, 4);
          expect(orderAgreement(z, four, label)).toBe(orderAgreement(four, z, label));
        },
      ),
      settings,
    );
  });
});

/** The numbers below `count` in an order that follows from `salt`. */
function shuffled(count: number, salt: number): number[] {
  const weight = (i: number) => (Math.sin((i + 1) * (1 + (salt % 1000)) * 12.9898) * 43758.5453) % 1;
  return Array.from({ length: count }, (_, i) => i).sort((a, b) => weight(a) - weight(b) || a - b);
}
