import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softmax } from '../../../src/tasks/softmax';
import { keepTopK, keptWidth, spread } from '../../../src/tasks/topK';

/** Some examples of some classes, with equal logits among them, and how many are kept. */
const examples = fc
  .record({ classes: fc.integer({ min: 2, max: 9 }), count: fc.integer({ min: 1, max: 4 }) })
  .chain(({ classes, count }) =>
    fc.record({
      classes: fc.constant(classes),
      k: fc.integer({ min: 1, max: classes - 1 }),
      logits: fc
        .array(fc.integer({ min: -40, max: 40 }), { minLength: count * classes, maxLength: count * classes })
        .map((values) => Float32Array.from(values, (value) => value / 4)),
    }),
  );

describe('the k largest logits', () => {
  test('stay as they were, and the rest keeps its probability', () => {
    fc.assert(
      fc.property(examples, ({ classes, k, logits }) => {
        const kept = keepTopK(logits, classes, k);
        expect(kept.length).toBe((logits.length / classes) * keptWidth(k));
        const back = spread(kept, classes, k);
        for (let i = 0; i < logits.length; i += classes) {
          const [row, again] = [logits.subarray(i, i + classes), back.subarray(i, i + classes)];
          const order = [...row.keys()].sort((a, b) => row[b]! - row[a]! || a - b);
          const top = order.slice(0, k);
          expect(top.map((c) => again[c])).toEqual(top.map((c) => row[c]));
          const rest = order.slice(k);
          expect(new Set(rest.map((c) => again[c])).size).toBe(1);
          softmax(row).forEach((p, c) => {
            if (top.includes(c)) expect(softmax(again)[c]).toBeCloseTo(p, 5);
          });
        }
      }),
    );
  });

  test('represent logits exactly if the others are equal, at any temperature', () => {
    const logits = Float32Array.of(3, -1, 5, -1, -1);
    expect([...spread(keepTopK(logits, 5, 2), 5, 2)]).toEqual([...logits]);
  });
});
