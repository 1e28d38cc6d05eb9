import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSchema } from '../../../src/config/data';
import { UserError } from '../../../src/config/errors';
import { labelledRows, splitRows } from '../../../src/data/split';

fc.configureGlobal({ seed: 0 });

const CLASSES = 4;
const someLabels = fc
  .array(fc.nat({ max: CLASSES - 1 }), { minLength: 8, maxLength: 200 })
  .map((labels) => Int32Array.from(labels));
const shares = fc.record({
  train: fc.option(fc.double({ min: 0.1, max: 0.5, noNaN: true }), { nil: undefined }),
  validation: fc.double({ min: 0, max: 0.2, noNaN: true }),
  test: fc.double({ min: 0.1, max: 0.3, noNaN: true }),
  seed: fc.nat({ max: 1000 }),
  stratified: fc.boolean(),
});

const countsOf = (labels: Int32Array, rows: Iterable<number>) => {
  const counts = Array.from({ length: CLASSES }, () => 0);
  for (const row of rows) counts[labels[row]!]!++;
  return counts;
};

describe('splitRows', () => {
  it('parts are disjoint, ascending and the same for the same seed', () => {
    fc.assert(
      fc.property(someLabels, shares, (labels, { train, ...rest }) => {
        const split = splitSchema.parse({ ...rest, ...(train === undefined ? {} : { train }) });
        const parts = splitRows(labels, CLASSES, split);
        const all = [...parts.train, ...parts.validation, ...parts.test];
        expect(new Set(all).size).toBe(all.length);
        expect(all.every((row) => row >= 0 && row < labels.length)).toBe(true);
        if (train === undefined) expect(all.length).toBe(labels.length);
        for (const rows of Object.values(parts) as Int32Array[]) expect(rows).toEqual(rows.slice().sort());
        expect(splitRows(labels, CLASSES, split)).toEqual(parts);
      }),
    );
  });

  it('if stratified, class proportions are exact to within one example', () => {
    fc.assert(
      fc.property(someLabels, shares, (labels, { train: _, ...rest }) => {
        const parts = splitRows(labels, CLASSES, splitSchema.parse({ ...rest, stratified: true }));
        const whole = countsOf(labels, labels.keys());
        for (const rows of Object.values(parts) as Int32Array[])
          for (const [c, count] of countsOf(labels, rows).entries())
            expect(Math.abs(count - (whole[c]! * rows.length) / labels.length)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('takes counts as they are', () => {
    const labels = Int32Array.from({ length: 1797 }, (_, i) => i % 10);
    const split = splitSchema.parse({ train: 1000, validation: 297, test: 500 });
    const parts = splitRows(labels, 10, split);
    expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual([1000, 297, 500]);
    const other = splitRows(labels, 10, { ...split, seed: 1 });
    expect(other.test).not.toEqual(parts.test);
  });

  it('uses every example if the fractions add up to 1', () => {
    for (let count = 10; count < 60; count++) {
      const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
      const parts = splitRows(labels, 3, splitSchema.parse({ train: 0.5, validation: 0.25, test: 0.25 }));
      const total = parts.train.length + parts.validation.length + parts.test.length;
      expect(Math.abs(total - count)).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    [
      { train: 90, validation: 20, test: 20 },
      '90 training, 20 validation and 20 test examples, 130 in total',
    ],
    [{ test: 100, validation: 0 }, 'Training and test need at least one each'],
    [{ test: 0.001 }, 'Training and test need at least one each'],
    [{ test: 10.5 }, 'split.test is 10.5: give a whole number'],
  ])('says why %o is impossible', (split, sentence) => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => i % 2);
    const act = () => splitRows(labels, 2, splitSchema.parse(split));
    expect(act).toThrow(UserError);
    expect(act).toThrow(sentence);
  });
});

describe('labelledRows', () => {
  const classes = ['a', 'b', 'c', 'd'];

  it('is stratified, and nested in the larger sets of the same seed', () => {
    fc.assert(
      fc.property(someLabels, fc.nat({ max: 99 }), fc.nat(), fc.nat(), (labels, seed, a, b) => {
        const data = { labels, classes, labelFile: null };
        const train = Int32Array.from(labels.keys()).filter((row) => row % 5 !== 0);
        const [few, many] = [1 + (a % train.length), 1 + (b % train.length)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const small = labelledRows(data, train, { count: few }, seed);
        const large = labelledRows(data, train, { count: many }, seed);
        expect(small.length).toBe(few);
        expect(new Set(small).size).toBe(few);
        const inTrain = new Set(train);
        expect([...large].every((row) => inTrain.has(row))).toBe(true);
        const inLarge = new Set(large);
        expect([...small].every((row) => inLarge.has(row))).toBe(true);
        const whole = countsOf(labels, train);
        for (const [c, count] of countsOf(labels, small).entries())
          expect(Math.abs(count - (whole[c]! * few) / train.length)).toBeLessThanOrEqual(1);
      }),
    );
  });

  const labels = Int32Array.from({ length: 1000 }, (_, i) => i % 4);
  const train = Int32Array.from({ length: 800 }, (_, i) => i);

  it('differs from seed to seed, also in which classes come first', () => {
    const data = { labels, classes, labelFile: null };
    const first = (seed: number) => labels[labelledRows(data, train, { count: 1 }, seed)[0]!];
    expect(new Set(Array.from({ length: 30 }, (_, seed) => first(seed))).size).toBe(4);
    expect(labelledRows(data, train, { fraction: 0.1 }, 0)).not.toEqual(
      labelledRows(data, train, { fraction: 0.1 }, 1),
    );
    expect(labelledRows(data, train, { fraction: 0.1 }, 0).length).toBe(80);
  });

  it('takes the rows of a file that are in the training part', () => {
    const data = { labels, classes, labelFile: Int32Array.from([5, 799, 900]) };
    expect([...labelledRows(data, train, { file: 'rows.txt' }, 0)]).toEqual([5, 799]);
    const none = { ...data, labelFile: Int32Array.from([900]) };
    expect(() => labelledRows(none, train, { file: 'rows.txt' }, 0)).toThrow(
      'None of the 1 rows in rows.txt',
    );
  });

  it('reports a count that is too large', () => {
    const data = { labels, classes, labelFile: null };
    expect(() => labelledRows(data, train, { count: 801 }, 0)).toThrow('requires 801 labelled examples');
  });
});
