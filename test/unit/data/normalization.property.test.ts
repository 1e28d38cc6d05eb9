import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMemory, type Inputs } from '../../../src/data/inputs';
import { denormalize, fitNormalization, normalize, rangeRatio } from '../../../src/data/normalization';

const number = fc.float({ noNaN: true, min: -1e6, max: 1e6 });
/** [rows, columns] with which of the rows are training. */
const table = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(
      fc.record({
        values: fc.array(number, { minLength: columns, maxLength: columns }),
        train: fc.boolean(),
      }),
      { minLength: 2, maxLength: 30 },
    ),
  }),
);
type Rows = { values: number[]; train: boolean }[];

const inputsOf = (rows: Rows): Inputs =>
  inMemory(Float32Array.from(rows.flatMap(({ values }) => values)), rows.length);
const training = (rows: Rows) => Int32Array.from(rows.flatMap(({ train }, i) => (train ? [i] : [])));

describe('mean and sd', () => {
  it('are computed over the training part only', () => {
    fc.assert(
      fc.property(
        table,
        fc.array(number, { minLength: 120, maxLength: 120 }),
        ({ columns, rows }, others) => {
          const changed = rows.map((row, r) =>
            row.train ? row : { ...row, values: row.values.map((_, c) => others[r * columns + c]!) },
          );
          const fit = (all: Rows) => fitNormalization(inputsOf(all), training(all), columns);
          expect(fit(changed)).toEqual(fit(rows));
        },
      ),
    );
  });

  it('are the same as with two passes in float64', () => {
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const kept = rows.filter(({ train }) => train);
        fc.pre(kept.length > 0);
        const { mean, sd } = fitNormalization(inputsOf(rows), training(rows), columns);
        for (let c = 0; c < columns; c++) {
          const column = kept.map(({ values }) => Math.fround(values[c]!));
          const m = column.reduce((a, b) => a + b, 0) / column.length;
          const s = Math.sqrt(column.reduce((a, b) => a + (b - m) ** 2, 0) / column.length);
          const largest = Math.max(...column.map(Math.abs));
          expect(Math.abs(mean[c]! - m)).toBeLessThanOrEqual(Math.max(1e-6 * largest, 1e-44));
          if (new Set(column).size === 1) expect(sd[c]).toBe(1);
          else if (s > 1e-30) expect(sd[c]! / s).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  it('bring the training part to mean 0 and sd 1, and back', () => {
    const rows: Rows = [3, 5, 9, 11].map((x, i) => ({ values: [1000 * x, x / 100, 7], train: i < 3 }));
    const inputs = inputsOf(rows);
    const normalization = fitNormalization(inputs, training(rows), 3);
    const seen = normalize(inputs.take([0, 1, 2]), normalization);
    const column = (c: number) => [seen[c]!, seen[3 + c]!, seen[6 + c]!];
    for (const c of [0, 1]) {
      expect(column(c).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 4);
      expect(column(c).reduce((a, b) => a + b * b, 0)).toBeCloseTo(3, 4);
    }
    // What does not vary is centred.
    expect(column(2)).toEqual([0, 0, 0]);
    const back = denormalize(seen, normalization);
    [...inputs.take([0, 1, 2])].forEach((value, i) => expect(back[i]).toBeCloseTo(value, 2));
  });

  it('of images are computed per channel', () => {
    const pictures = inMemory(Float32Array.from([1, 10, 3, 30, 5, 50, 7, 70]), 2);
    expect(fitNormalization(pictures, Int32Array.from([0, 1]), 2)).toEqual({
      mean: [4, 40],
      sd: [Math.sqrt(5), Math.sqrt(500)].map(Math.fround),
    });
  });

  it('are computed some rows at a time', () => {
    const width = 100_000;
    let most = 0;
    const large: Inputs = {
      count: 200,
      width,
      take(rows) {
        most = Math.max(most, rows.length);
        return new Float32Array(rows.length * width).fill(rows[0]!);
      },
      close: () => undefined,
    };
    fitNormalization(
      large,
      Int32Array.from({ length: 200 }, (_, i) => i),
      width,
    );
    expect(most * width).toBeLessThanOrEqual(1_000_000);
  });
});

describe('the ratio of ranges', () => {
  it('ignores constant columns and other rows', () => {
    const inputs = inMemory(Float32Array.from([0, 5, 0, 1000, 5, 2, 9999, 5, 9999]), 3);
    expect(rangeRatio(inputs, Int32Array.from([0, 1]))).toBe(500);
    expect(rangeRatio(inputs, Int32Array.from([0]))).toBe(1);
  });
});
