import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pushApart } from '../../../webview/chart/labels';
import { dotRows } from '../../../webview/parts/dotRows';

const places = fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { maxLength: 12 });

test('labels end at least a gap apart, within the chart, in their order', () => {
  fc.assert(
    fc.property(places, (wanted) => {
      const placed = pushApart(wanted, 13, 0, 200);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
      order.forEach((i, rank) => {
        expect(placed[i]).toBeGreaterThanOrEqual(-1e-9);
        expect(placed[i]).toBeLessThanOrEqual(200 + 1e-9);
        if (rank > 0) expect(placed[i]! - placed[order[rank - 1]!]!).toBeGreaterThanOrEqual(13 - 1e-9);
      });
    }),
  );
});

test('labels that stand apart already stay where they are', () => {
  expect(pushApart([100, 20, 60], 13, 0, 200)).toEqual([100, 20, 60]);
});

test('two on one spot part evenly', () => {
  expect(pushApart([100, 100], 13, 0, 200)).toEqual([93.5, 106.5]);
});

test('no dot hides another', () => {
  fc.assert(
    fc.property(places, (xs) => {
      const rows = dotRows(xs, 9);
      xs.forEach((x, i) =>
        xs.forEach((other, j) => {
          if (i < j && rows[i] === rows[j]) expect(Math.abs(x - other)).toBeGreaterThanOrEqual(9);
        }),
      );
    }),
  );
});
