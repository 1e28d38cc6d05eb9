import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/data/random';
import { bestAssignment } from '../../../src/tasks/assignment';
import { measureAnswers } from '../../../src/tasks/classOrder';

const square = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), {
    minLength: n,
    maxLength: n,
  }),
);

function permutations(of: number[]): number[][] {
  return of.length < 2
    ? [of]
    : of.flatMap((first) => permutations(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

const total = (values: number[][], order: readonly number[]) =>
  order.reduce((sum, column, row) => sum + values[row]![column]!, 0);

describe('the best assignment', () => {
  it('is the best of all', () => {
    fc.assert(
      fc.property(square, (values) => {
        const found = bestAssignment(values);
        const all = permutations([...values.keys()]);
        expect([...found].sort()).toEqual([...values.keys()]);
        expect(total(values, found)).toBe(Math.max(...all.map((order) => total(values, order))));
      }),
    );
  });
});

/** Answers of a model whose output k stands for the class order[k], right on a share of so many examples. */
function answersOf(order: readonly number[], share: number, count: number, seed: number) {
  const classes = order.length;
  const random = stream(seed, 'answers');
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const logits = new Float32Array(count * classes);
  labels.forEach((label, i) => {
    const known = random.next() < share ? label : random.integer(classes);
    logits[i * classes + order.indexOf(known)] = 1;
  });
  return { logits, labels, classes };
}

const orders = fc
  .tuple(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 0, max: 1e6 }))
  .map(([n, seed]) => ({
    seed,
    order: [...stream(seed, 'order').shuffle(Int32Array.from({ length: n }, (_, i) => i))],
  }));

describe('the order of classes', () => {
  it('is found for models that are mostly right', () => {
    fc.assert(
      fc.property(orders, fc.double({ min: 0.7, max: 1, noNaN: true }), ({ order, seed }, share) => {
        const { logits, labels, classes } = answersOf(order, share, 40 * order.length, seed);
        const found = measureAnswers(logits, labels, classes);
        if (order.every((c, k) => c === k)) expect(found.order).toBeNull();
        else expect(found.order?.classes).toEqual(order);
      }),
      { numRuns: 60 },
    );
  });

  it('is not changed if a model is right, weak or guessing', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom(0, 0.15, 0.5, 1), ({ order, seed }, share) => {
        const own = [...order.keys()];
        const { logits, labels, classes } = answersOf(own, share, 40 * own.length, seed);
        expect(measureAnswers(logits, labels, classes).order).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
