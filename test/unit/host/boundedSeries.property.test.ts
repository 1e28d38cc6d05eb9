import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedSeries } from '../../../src/host/store/boundedSeries';

const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 3000,
});

const filled = (ys: number[], most: number) => {
  const series = new BoundedSeries(most);
  ys.forEach((y, i) => series.add(i + 1, y));
  return series;
};

describe('a bounded series', () => {
  it('keeps the first, the last, the lowest and the highest value and never outgrows its bound', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 8, max: 200 }), (ys, most) => {
        const { x, y } = filled(ys, most).line();
        expect(x.length).toBe(y.length);
        expect(x.length).toBeLessThanOrEqual(most);
        expect([x[0], y[0]]).toEqual([1, ys[0]]);
        expect([x.at(-1), y.at(-1)]).toEqual([ys.length, ys.at(-1)]);
        expect(Math.min(...y)).toBe(Math.min(...ys));
        expect(Math.max(...y)).toBe(Math.max(...ys));
      }),
    );
  });

  it('holds only points that were added, in ascending x', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 8, max: 64 }), (ys, most) => {
        const { x, y } = filled(ys, most).line();
        x.forEach((at, i) => {
          expect(y[i]).toBe(ys[at - 1]);
          if (i > 0) expect(at).toBeGreaterThan(x[i - 1] ?? NaN);
        });
      }),
    );
  });

  it('keeps every point while there is room', () => {
    const ys = Array.from({ length: 900 }, (_, i) => Math.sin(i));
    expect(filled(ys, 2000).line().y).toEqual(ys);
  });

  it('takes back what a resumed run does again, and goes on from there', () => {
    fc.assert(
      fc.property(values, fc.nat(3000), fc.integer({ min: 8, max: 64 }), (ys, cut, most) => {
        const series = filled(ys, most);
        series.cutAfter(cut);
        expect(series.line().x.every((x) => x <= cut)).toBe(true);
        series.add(cut + 1, 0.5);
        const { x, y } = series.line();
        expect([x.at(-1), y.at(-1)]).toEqual([cut + 1, 0.5]);
        expect(x.length).toBeLessThanOrEqual(most);
        expect([...x].sort((a, b) => a - b)).toEqual(x);
      }),
    );
  });

  it('leaves out what is no number', () => {
    const series = filled([1, Number.NaN, Number.POSITIVE_INFINITY, 2], 100);
    expect(series.line()).toEqual({ x: [1, 4], y: [1, 2] });
    expect(series.latest).toBe(2);
  });
});
