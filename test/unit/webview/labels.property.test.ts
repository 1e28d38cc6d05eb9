import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barLabels, labelsOf, type Label } from '../../../webview/chart/lineLabels';
import { dotRows, pushApart } from '../../../src/results/plots';
import { boxesAlong, overlap, placeLabels, textBox, type Box } from '../../../webview/chart/labels';
import type { ChartModel, ChartSeries } from '../../../webview/chart/model';
import { textWidth } from '../../../webview/chart/textWidth';
import { project } from '../../../webview/chart/axis';
import { placePoints } from '../../../webview/models/sizeLayout';

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

const none = (boxes: readonly Box[]) => {
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
};
const within = (boxes: readonly Box[], bounds: Box) => {
  for (const box of boxes) {
    expect(box.left).toBeGreaterThanOrEqual(bounds.left);
    expect(box.right).toBeLessThanOrEqual(bounds.right);
    expect(box.top).toBeGreaterThanOrEqual(bounds.top);
    expect(box.bottom).toBeLessThanOrEqual(bounds.bottom);
  }
};
const pixel = fc.double({ min: -20, max: 320, noNaN: true });
const boxOf = fc
  .tuple(pixel, pixel, fc.double({ min: 1, max: 120, noNaN: true }))
  .map(([x, y, width]) => textBox(x, y, width, 'left'));

test('placed labels cover neither each other nor what is taken, and stay inside', () => {
  const bounds = { left: 0, right: 300, top: 0, bottom: 200 };
  fc.assert(
    fc.property(
      fc.array(fc.array(boxOf, { maxLength: 6 }), { maxLength: 20 }),
      fc.array(boxOf),
      (places, taken) => {
        const placed = placeLabels(places, taken, bounds).flatMap((at, i) =>
          at === null ? [] : [places[i]![at]!],
        );
        none(placed);
        within(placed, bounds);
        for (const box of placed) for (const other of taken) expect(overlap(box, other)).toBe(false);
      },
    ),
  );
});

test('names of sizes cover neither each other nor a point, also where all arms have one size', () => {
  const bounds = { left: 40, right: 500, top: 12, bottom: 250 };
  const point = fc.record({
    x: fc.oneof(fc.constant(120), fc.constant(124), fc.double({ min: 40, max: 500, noNaN: true })),
    y: fc.double({ min: 12, max: 250, noNaN: true }),
    sd: fc.double({ min: 0, max: 30, noNaN: true }),
    name: fc.option(fc.double({ min: 20, max: 160, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 20 }), (points) => {
      const { x, names } = placePoints(points, [], bounds);
      const boxes = names.flatMap((name, i) =>
        name === null ? [] : [textBox(name.x, name.y, points[i]!.name!, name.align)],
      );
      none(boxes);
      within(boxes, bounds);
      for (const box of boxes)
        points.forEach(({ y }, i) =>
          expect(overlap(box, { left: x[i]! - 5, right: x[i]! + 5, top: y - 5, bottom: y + 5 })).toBe(false),
        );
    }),
  );
});

test('points of one size are drawn apart, and not far from it', () => {
  const points = Array.from({ length: 6 }, () => ({ x: 200, y: 100, sd: 0, name: null }));
  const { x } = placePoints(points, [], { left: 40, right: 500, top: 0, bottom: 200 });
  const sorted = x.toSorted((a, b) => a - b);
  sorted.slice(1).forEach((at, i) => expect(at - sorted[i]!).toBeGreaterThan(8));
  sorted.forEach((at) => expect(Math.abs(at - 200)).toBeLessThanOrEqual(30));
});

test('many points of one size do not hide each other, and the best stands at its size', () => {
  const heights = fc.array(fc.integer({ min: 20, max: 180 }), { minLength: 7, maxLength: 15 });
  fc.assert(
    fc.property(heights, (ys) => {
      const points = ys.map((y) => ({ x: 250, y, sd: 0, name: null }));
      const { x, crowded } = placePoints(points, [], { left: 40, right: 500, top: 0, bottom: 200 });
      expect(crowded).not.toContain(false);
      expect(x[ys.indexOf(Math.min(...ys))]).toBeCloseTo(250, 6);
      ys.forEach((a, i) =>
        ys.slice(0, i).forEach((b, j) => expect(Math.hypot(x[i]! - x[j]!, a - b)).toBeGreaterThan(10)),
      );
    }),
  );
});

const widthOf = textWidth(11, 'sans-serif');
const boxesOf = (labels: readonly Label[]) =>
  labels.map(({ text, x, y, bold, align }) => textBox(x, y, widthOf(text, bold), align, 12));
const model = (series: ChartSeries[]): ChartModel => ({
  id: 'chart',
  title: '',
  caption: '',
  fileName: '',
  x: { scale: 'linear', min: -0.5, max: 9.5, tick: String, name: 'class', format: String },
  y: { scale: 'linear', min: 0, max: 100, tick: String, format: (value) => value.toFixed(0) },
  series,
  levels: [],
  failures: [],
  empty: null,
  spoken: '',
});
const share = fc.double({ min: 0, max: 100, noNaN: true });
const look = { hue: 'teacher', dash: 'solid', rank: 'main' } as const;

test('the numbers on bars never touch, at any width', () => {
  const heights = fc.array(fc.array(share, { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(heights, fc.integer({ min: 200, max: 1200 }), (values, width) => {
      const bars = values.map((y, i): ChartSeries => ({
        ...look,
        name: String(i),
        label: null,
        x: y.map((_, at) => at),
        y,
        bars: { width: 0.22, offset: (i - 1) * 0.24, hatched: false },
      }));
      const area = { left: 40, right: width - 8, top: 14, bottom: 190 };
      const labels = barLabels(model(bars), area, { width, height: 230, textWidth: widthOf });
      none(boxesOf(labels));
      within(boxesOf(labels), { left: 0, right: width, top: 0, bottom: 230 });
    }),
  );
});

test('names at the ends of lines cover neither each other nor a line and are never cut, at any width', () => {
  const lines = fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 14 }), share), { maxLength: 14 });
  fc.assert(
    fc.property(lines, fc.integer({ min: 240, max: 1200 }), fc.boolean(), (ends, width, pointed) => {
      const series = ends.map(([name, y], i): ChartSeries => ({
        ...look,
        name: `${i} ${name}`,
        label: name,
        x: [0, 9],
        y: [50, y],
      }));
      const area = { left: 40, right: width * 0.78, top: 14, bottom: 180 };
      const labels = labelsOf(model(series), area, pointed ? 5 : null, {
        width,
        height: 220,
        textWidth: widthOf,
      });
      const boxes = boxesOf(labels);
      none(boxes);
      for (const box of boxes) {
        expect(box.left).toBeGreaterThan(area.right);
        expect(box.right).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test('names beside the cursor cover neither a line nor each other', () => {
  const points = fc.array(share, { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(points, points, fc.integer({ min: 280, max: 800 }), fc.nat(2), (a, b, width, cursor) => {
      const series = [a, b].map((y, i): ChartSeries => ({
        ...look,
        name: `line ${i}`,
        label: `line ${i}`,
        x: y.map((_, at) => (9 * at) / (y.length - 1)),
        y,
      }));
      const area = { left: 40, right: width - 90, top: 14, bottom: 180 };
      const rightTicks = [{ value: 100, label: '10 = uniform' }];
      const labels = labelsOf({ ...model(series), rightTicks }, area, cursor, {
        width,
        height: 220,
        textWidth: widthOf,
      });
      const x = project(model([]).x, area.left, area.right);
      const y = project(model([]).y, area.bottom, area.top);
      const boxes = boxesOf(labels);
      none(boxes);
      for (const line of series)
        for (const box of boxesAlong(...line.x.map((at, i) => ({ x: x(at), y: y(line.y[i]!) }))))
          expect(boxes.some((label) => overlap(label, box))).toBe(false);
    }),
  );
});
