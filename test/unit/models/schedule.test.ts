import { describe, expect, test } from 'vitest';
import { scheduleSchema } from '../../../src/config/training';
import { learningRateAt } from '../../../src/models/schedule';

const rates = (config: unknown, steps: number) =>
  Array.from({ length: steps }, (_, step) => learningRateAt(scheduleSchema.parse(config), 2, step, steps));

describe('learningRateAt', () => {
  test('constant does not change', () => {
    expect(rates({ type: 'constant' }, 3)).toEqual([2, 2, 2]);
  });

  test('cosine falls from the peak towards the floor', () => {
    const all = rates({ type: 'cosine' }, 100);
    expect(all[0]).toBe(2);
    expect(all[50]).toBeCloseTo(1, 12);
    expect(all[99]).toBeCloseTo(1 + Math.cos(0.99 * Math.PI), 12);
    expect(all.every((rate, i) => i === 0 || rate < all[i - 1]!)).toBe(true);
    expect(rates({ type: 'cosine', floor: 0.1 }, 1000).at(-1)).toBeCloseTo(0.2, 4);
  });

  test('step drops by its factor at its fractions of the budget', () => {
    expect(rates({ type: 'step', at: [0.5, 0.75], factor: 0.1 }, 8)).toEqual([
      2,
      2,
      2,
      2,
      0.2,
      0.2,
      2 * 0.1 ** 2,
      2 * 0.1 ** 2,
    ]);
  });

  test('warm-up rises in equal steps, then the schedule begins', () => {
    const all = rates({ type: 'constant', warmup: 4 }, 6);
    [0.4, 0.8, 1.2, 1.6, 2, 2].forEach((rate, i) => expect(all[i]).toBeCloseTo(rate, 12));
    const cosine = rates({ type: 'cosine', warmup: 4 }, 104);
    expect(cosine[4]).toBe(2);
    expect(cosine[54]).toBeCloseTo(1, 12);
  });
});
