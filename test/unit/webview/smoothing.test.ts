import { expect, test } from 'vitest';
import { smooth } from '../../../webview/chart/smoothing';

test('weight 0 leaves values as they are', () => {
  expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
});

test('a constant stays itself from the first value on', () => {
  for (const value of smooth([5, 5, 5, 5], 0.99)) expect(value).toBeCloseTo(5, 12);
});

test('is the weighted mean of what came before', () => {
  const [, second, third] = smooth([1, 2, 4], 0.5);
  expect(second).toBeCloseTo((0.25 * 1 + 0.5 * 2) / 0.75, 12);
  expect(third).toBeCloseTo((0.125 * 1 + 0.25 * 2 + 0.5 * 4) / 0.875, 12);
});

test('a gap stays a gap and does not spread', () => {
  expect(smooth([1, null, NaN, 1], 0.9)).toEqual([1, null, null, 1]);
});
