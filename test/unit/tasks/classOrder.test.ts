import { describe, expect, it } from 'vitest';
import { measureAnswers } from '../../../src/tasks/classOrder';
import { outputsLookLike } from '../../../src/tasks/outputs';

/** One example for each pair of label and answer. */
function measured(classes: number, pairs: [label: number, answer: number, times: number][]) {
  const all = pairs.flatMap(([label, answer, times]) => Array.from({ length: times }, () => [label, answer]));
  const logits = new Float32Array(all.length * classes);
  all.forEach(([, answer], i) => (logits[i * classes + answer!] = 1));
  return measureAnswers(
    logits,
    Int32Array.from(all, ([label]) => label!),
    classes,
  );
}

/** A model with so many examples a class, of which some are right and the others spread evenly. */
const even = (classes: number, right: number, each: number, order = (c: number) => c) =>
  measured(
    classes,
    Array.from({ length: classes }, (_, label) =>
      Array.from({ length: classes }, (_, answer): [number, number, number] => {
        return [label, answer, answer === order(label) ? right : Math.round((each - right) / (classes - 1))];
      }),
    ).flat(),
  );

describe('a model is at chance', () => {
  it('if it always predicts one class, however frequent', () => {
    const one = measured(2, [
      [0, 0, 95],
      [1, 0, 5],
    ]);
    expect(one).toMatchObject({ accuracy: 0.95, chance: 0.95, isAtChance: true, order: null });
  });

  it('not if it finds some of a rare class, even if the most frequent class is as frequent as it is right', () => {
    const rare = measured(2, [
      [0, 0, 920],
      [0, 1, 30],
      [1, 0, 20],
      [1, 1, 30],
    ]);
    expect(rare.accuracy).toBe(0.95);
    expect(rare.isAtChance).toBe(false);
  });

  it('not if it is weak: 30 % on ten classes, 12 % of many examples', () => {
    expect(even(10, 6, 20).isAtChance).toBe(false);
    expect(even(10, 140, 1000).isAtChance).toBe(false);
    expect(even(10, 2, 20)).toMatchObject({ isAtChance: true, order: null });
  });

  it('not if there are too few examples', () => {
    const few = measured(2, [
      [0, 0, 4],
      [1, 1, 4],
      [0, 1, 1],
      [1, 0, 1],
    ]);
    expect(few.isAtChance).toBe(false);
  });
});

describe('classes in another order', () => {
  it('all of them, with 80 % right under the mapping', () => {
    const found = even(10, 36, 45, (c) => (c + 3) % 10);
    expect(found.isAtChance).toBe(true);
    expect(found.order).toMatchObject({ accuracy: 0.8, isMost: true });
    expect(found.order!.classes).toEqual(Array.from({ length: 10 }, (_, k) => (k + 7) % 10));
  });

  it('two of two: at chance', () => {
    const found = even(2, 9, 10, (c) => 1 - c);
    expect(found).toMatchObject({ isAtChance: true, order: { classes: [1, 0], moved: [0, 1] } });
  });

  it.each([4, 5, 10])('two of %i: not at chance, and not most of it', (classes) => {
    const found = even(classes, 19, 20, (c) => (c < 2 ? 1 - c : c));
    expect(found).toMatchObject({ isAtChance: false, order: { moved: [0, 1], isMost: false } });
  });

  it('but not if it only mistakes one class for another', () => {
    const oneWay = measured(3, [
      [0, 0, 20],
      [1, 0, 20],
      [2, 2, 20],
    ]);
    expect(oneWay.order).toBeNull();
  });
});

describe('outputs look like', () => {
  const rows = (...values: number[][]) => outputsLookLike(Float32Array.from(values.flat()), 2);
  it('probabilities if every row sums to 1', () => {
    expect(rows([0.25, 0.75], [1, 0])).toBe('probabilities');
    expect(rows([0.25, 0.75], [0.5, 0.6])).toBe('logits');
    expect(rows([1.25, -0.25])).toBe('logits');
  });
  it('their logarithms if the exponentials do', () => {
    expect(rows([Math.log(0.25), Math.log(0.75)], [-80, 0])).toBe('logProbabilities');
    expect(rows([-1, -2])).toBe('logits');
  });
  it('logits if they are not numbers', () => expect(rows([NaN, 1])).toBe('logits'));
});
