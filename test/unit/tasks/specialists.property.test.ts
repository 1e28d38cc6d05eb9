import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusableClasses } from '../../../src/tasks/confusable';
import { softmax } from '../../../src/tasks/softmax';
import { together } from '../../../src/tasks/specialists';

const logits = (n: number) => fc.float32Array({ minLength: n, maxLength: n, min: -8, max: 8, noNaN: true });

describe('confusable classes', () => {
  it('are found: pairs that are predicted instead of each other', () => {
    const pairs = [
      [0, 3],
      [1, 4],
      [2, 5],
    ];
    const rows = pairs.flatMap(([a, b]) =>
      [0.2, 1, -0.5].map((lead) =>
        Array.from({ length: 6 }, (_, c) => (c === a ? 5 + lead : c === b ? 5 : -5)),
      ),
    );
    const found = confusableClasses(Float32Array.from(rows.flat()), 6, 3);
    expect([...found].sort((a, b) => a[0]! - b[0]!)).toEqual(pairs);
  });

  it('are each in one group, and the same ones every time', () => {
    fc.assert(
      fc.property(logits(40), fc.integer({ min: 2, max: 5 }), (values, count) => {
        const found = confusableClasses(values, 5, count);
        expect(found.flat().sort()).toEqual([0, 1, 2, 3, 4]);
        expect(found.length).toBeLessThanOrEqual(count);
        expect(confusableClasses(values, 5, count)).toEqual(found);
      }),
    );
  });
});

describe('a generalist and its specialists', () => {
  const kl = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, pc, c) => (pc === 0 ? sum : sum + pc * Math.log(pc / q[c]!)), 0);
  /** The sum that is minimised, of one example and specialists for classes {0, 1} and {1, 2} of 4. */
  const sum = (
    q: readonly number[],
    generalist: readonly number[],
    said: readonly (readonly number[])[],
    sets: number[][],
  ) =>
    said.reduce(
      (total, p, m) => {
        const own = sets[m]!.map((c) => q[c]!);
        return total + kl(p, [...own, 1 - own.reduce((a, b) => a + b, 0)]);
      },
      kl(generalist, q),
    );

  it('predict the distribution with the lowest divergence among its neighbours', () => {
    fc.assert(
      fc.property(logits(4), logits(3), logits(3), logits(4), (general, a, b, direction) => {
        // Class 1 is the answer, so that both are asked.
        general[1] = 9;
        const sets = [
          [0, 1],
          [1, 2],
        ];
        const q = softmax(
          together(
            general,
            sets.map((classes, m) => ({ classes, logits: m === 0 ? a : b })),
            4,
          ),
        );
        expect(q.reduce((x, y) => x + y)).toBeCloseTo(1, 6);
        const least = sum(q, softmax(general), [softmax(a), softmax(b)], sets);
        for (const step of [0.02, -0.02]) {
          const near = softmax(q.map((p, c) => Math.log(p) + step * direction[c]!));
          expect(sum(near, softmax(general), [softmax(a), softmax(b)], sets)).toBeGreaterThanOrEqual(
            least - 1e-6,
          );
        }
      }),
    );
  });

  it('is the generalist alone if no specialist has the class', () => {
    const general = Float32Array.from([0, 0, 0, 3]);
    const q = together(general, [{ classes: [0, 1], logits: Float32Array.from([9, 0, 0]) }], 4);
    softmax(q).forEach((p, c) => expect(p).toBeCloseTo(softmax(general)[c]!, 6));
  });
});
