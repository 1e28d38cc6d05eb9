import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, type ComparisonBasis } from '../../../src/results/comparable';

const setting = (more: Partial<ComparisonBasis> = {}): ComparisonBasis => ({
  experiment: 'few-labels',
  dataHash: '9c1e52aa1107',
  split: 'a',
  labelled: [100],
  steps: [800],
  minGain: 0.2,
  numerics: 'portable 4.22.0',
  seeds: [0, 1, 2, 3, 4],
  ...more,
});
const other = (more: Partial<ComparisonBasis>) => setting({ experiment: 'wide', ...more });

describe('two experiments', () => {
  it('compare where data, split, labels and budget agree', () => {
    expect(comparable(setting(), other({}))).toEqual({ reasons: [], notes: [] });
  });

  it.each([
    [{ dataHash: '77d0419e' }, /^few-labels and wide have different data \(9c1e52…, 77d041…\)/],
    [{ split: 'b' }, /^few-labels and wide split their data differently/],
    [{ labelled: [200] }, /different numbers of labels, 100 and 200/],
    [{ labelled: [100, 200] }, /different numbers of labels, 100 and 100, 200/],
    [{ steps: [1600] }, /^few-labels and wide have different budgets, 800 and 1600 steps/],
  ])('do not where they differ in %o', (difference, sentence) => {
    const { reasons } = comparable(setting(), other(difference));
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(sentence);
  });

  it('of other data are not said to be split differently too', () => {
    expect(comparable(setting(), other({ dataHash: '77', split: 'b' })).reasons).toHaveLength(1);
  });

  it.each([
    [{ minGain: 0.5 }, /0\.2 and 0\.5 pp/],
    [{ numerics: 'native 4.22.0' }, /computed differently \(portable 4\.22\.0; native 4\.22\.0\)/],
    [{ seeds: [0, 1] }, /5 seeds, wide 2 seeds: their means/],
    [{ seeds: [5, 6, 7, 8, 9] }, /5 seeds, but different ones/],
  ])('compare all the same, with a word on it, where they differ in %o', (difference, sentence) => {
    const { reasons, notes } = comparable(setting(), other(difference));
    expect(reasons).toEqual([]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(sentence);
  });

  it('say nothing of an engine that is not chosen yet', () => {
    expect(comparable(setting({ numerics: null }), other({}))).toEqual({ reasons: [], notes: [] });
  });
});

it('an experiment compares with itself, and who is asked first does not matter', () => {
  const list = fc.uniqueArray(fc.nat(3), { minLength: 1 }).map((values) => values.sort());
  const settings = fc.record({
    experiment: fc.constant('few'),
    dataHash: fc.constantFrom('a', 'b'),
    split: fc.constantFrom('a', 'b'),
    labelled: list,
    steps: list,
    minGain: fc.constantFrom(0.1, 0.2),
    numerics: fc.constantFrom(null, 'x', 'y'),
    seeds: list,
  });
  fc.assert(
    fc.property(settings, settings, (a, b) => {
      expect(comparable(a, a)).toEqual({ reasons: [], notes: [] });
      const [one, two] = [comparable(a, b), comparable(b, a)];
      expect(one.reasons).toHaveLength(two.reasons.length);
      expect(one.notes).toHaveLength(two.notes.length);
    }),
  );
});
