import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xTicks, yTicks } from '../../../webview/chart/layout';
import type { Axis } from '../../../webview/chart/model';
import { accuracyScale, sizeAxisOf, sizeScale, type SizePoint } from '../../../webview/models/sizeFront';
import { differenceAxis, measureAxis } from '../../../webview/models/forest';
import { armRows } from '../../../webview/models/armRows';
import { parallel } from '../../../webview/models/parallel';
import { stepAxis } from '../../../webview/models/steps';
import { sweptAxis } from '../../../webview/models/sweptAxis';
import { lossAxis } from '../../../webview/models/training';
import { line } from '../../../webview/models/temperatureAxis';
import { valueAxis } from '../../../webview/models/against';
import { planeOf } from '../../../webview/picture/plane';
import { arm, comparison } from '../../fixtures/snapshots';
import { sweep } from '../../fixtures/sweepSnapshot';

/** Pixels of a text, as wide as letters get. */
const width = (text: string) => 7 * text.length;

/** Values of any size, together in a range of any size. */
const values = fc
  .tuple(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: -5, max: 3 }),
    fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 }),
  )
  .map(([base, power, steps]) => steps.map((step) => base + (step / 1000) * 10 ** power));
const shares = values.map((all) => all.map((value) => Math.min(1, value / 1000)));
/** As a person writes them into a sweep, or as one drew them at random. */
const swept = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: -9, max: 2 }))
    .map(([digits, power]) => Number(`${digits}e${power}`)),
  { minLength: 1, maxLength: 12 },
);
const sizes = fc.array(fc.integer({ min: 4, max: 2e8 }), { minLength: 1, maxLength: 6 });

const finished = () => 'finished' as const;
const point = (size: number): SizePoint => ({
  ...{ slug: '', title: '', kind: 'distilled', accuracy: 0.9, sd: 0.01, n: 3, front: true },
  size,
});
/** The rows of the table for a scratch and an arm with these accuracies. */
function rows(of: readonly number[]) {
  const scratch = arm('scratch', 'Scratch', 'scratch', of.toReversed(), finished, true);
  const distilled = arm('kd', 'KD', 'distilled', [...of], finished, true);
  const snapshot = sweep();
  const summary = {
    ...snapshot.summary!,
    ...{ scratch, otherScratches: [], arms: [distilled] },
    comparisons: [comparison(distilled, scratch, 'test')],
  };
  return armRows({ ...snapshot, summary });
}

const axes: Record<string, fc.Arbitrary<Axis>> = {
  'a measure against a parameter': values.map(valueAxis),
  accuracy: shares.map((all) => accuracyScale(all.map((accuracy) => ({ accuracy, sd: 0 })))),
  'the seeds of the table': shares.map((all) => measureAxis(rows(all), 'accuracy')),
  'the differences of the table': shares.map((all) => differenceAxis(rows(all))),
  parameters: sizes.map((all) => sizeScale(all.map(point), sizeAxisOf('parameters').say)),
  bytes: sizes.map((all) => sizeScale(all.map(point), sizeAxisOf('bytes').say)),
  latency: sizes.map((all) => sizeScale(all.map(point), sizeAxisOf('latency').say)),
  'a swept parameter': swept.map((all) => sweptAxis(all, false).axis),
  steps: fc.integer({ min: 1, max: 1e6 }).map((end) => stepAxis(end, 'step')),
  epochs: fc.double({ min: 0.05, max: 1e4, noNaN: true }).map((end) => stepAxis(end, 'epoch')),
  'time so far': fc.double({ min: 0.2, max: 1e5, noNaN: true }).map((end) => stepAxis(end, 'time')),
  loss: values.map((y) => lossAxis([line({ name: '', x: y.map((_, i) => i), y })], 'linear')),
  'loss, logarithmic': values.map((y) => lossAxis([line({ name: '', x: y.map((_, i) => i), y })], 'log')),
};

test.each(Object.entries(axes))('no two ticks of %s read alike', (_, axis) => {
  fc.assert(
    fc.property(axis, fc.integer({ min: 120, max: 1600 }), (of, pixels) => {
      for (const ticks of [xTicks(of, pixels, width), yTicks(of, pixels)]) {
        const texts = ticks.map(({ text }) => text);
        expect(new Set(texts).size, texts.join(' | ')).toBe(texts.length);
      }
    }),
  );
});

test('no two ticks of the upright axes of a sweep read alike', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-7, max: 1, noNaN: true }), (scale) => {
      const { summary } = sweep();
      const arms = summary!.arms.map((one) => ({
        ...one,
        validation: one.validation && {
          ...one.validation,
          mean: 0.9 + (one.validation.mean - 0.9) * scale,
          sd: one.validation.sd * scale,
        },
      }));
      for (const { name, ticks } of parallel({ ...summary!, arms }, 'accuracy')!.axes)
        expect(new Set(ticks.map(({ text }) => text)).size, name).toBe(ticks.length);
    }),
  );
});

test.each(Object.entries(axes))('what is written at the ticks of %s stays inside the picture', (_, axis) => {
  fc.assert(
    fc.property(axis, axis, fc.integer({ min: 240, max: 1200 }), (x, y, pixels) => {
      const plane = planeOf({ width: pixels, height: 290 }, x, y, width);
      for (const { at, text } of plane.ticks.x)
        expect(plane.x(at) + width(text) / 2).toBeLessThanOrEqual(pixels);
      for (const { text } of plane.ticks.y) expect(width(text)).toBeLessThanOrEqual(plane.left - 6);
    }),
  );
});
