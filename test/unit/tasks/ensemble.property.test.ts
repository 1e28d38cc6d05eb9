import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averaged } from '../../../src/tasks/ensemble';
import { softmax } from '../../../src/tasks/softmax';

const logits = fc.float32Array({ minLength: 6, maxLength: 6, min: -60, max: 60, noNaN: true });
const members = fc.array(logits, { minLength: 1, maxLength: 5 });
const rows = (values: Float32Array) => [values.subarray(0, 3), values.subarray(3)];

describe('an ensemble', () => {
  it('has the arithmetic mean of its members’ probabilities', () => {
    fc.assert(
      fc.property(members, (each) => {
        const together = rows(averaged(each, 3, 'probabilities'));
        together.forEach((row, i) => {
          softmax(row).forEach((p, c) => {
            const mean = each.reduce((sum, one) => sum + softmax(rows(one)[i]!)[c]!, 0) / each.length;
            expect(p).toBeCloseTo(mean, 6);
          });
        });
      }),
    );
  });

  it('predicts like its only member, and independent of the order of several', () => {
    fc.assert(
      fc.property(members, fc.constantFrom('probabilities' as const, 'logits' as const), (each, average) => {
        const alone = averaged([each[0]!], 3, average);
        rows(alone).forEach((row, i) =>
          softmax(row).forEach((p, c) => expect(p).toBeCloseTo(softmax(rows(each[0]!)[i]!)[c]!, 6)),
        );
        const [a, b] = [averaged(each, 3, average), averaged([...each].reverse(), 3, average)];
        a.forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 3));
      }),
    );
  });

  it('of logits is their mean, which one confident member dominates', () => {
    const sure = Float32Array.from([10, 0]);
    const other = Float32Array.from([0, 1]);
    expect([...averaged([sure, other], 2, 'logits')]).toEqual([5, 0.5]);
    // 0.5·(0.99995 + 0.26894) and 0.5·(0.00005 + 0.73106).
    expect(softmax(averaged([sure, other], 2, 'probabilities'))[0]).toBeCloseTo(0.63445, 4);
    expect(softmax(averaged([sure, other], 2, 'logits'))[0]).toBeCloseTo(1 / (1 + Math.exp(-4.5)), 6);
  });
});
