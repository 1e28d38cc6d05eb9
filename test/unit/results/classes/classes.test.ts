import { describe, expect, it } from 'vitest';
import {
  confusionMatrix,
  helps,
  meanCounts,
  mostChangedPairs,
  pairCounts,
} from '../../../../src/results/classes/confusion';
import { disagreements } from '../../../../src/results/classes/disagreements';
import {
  accuracyPerClass,
  examplesPerClass,
  mostChangedClasses,
  perClass,
} from '../../../../src/results/classes/perClass';
import { reliability } from '../../../../src/results/classes/reliability';
import { classesView } from '../../../../src/results/classes/view';
import { answering, predictionsOf } from './predictions';

const labels = [0, 0, 1, 1, 2, 2];
const scratch = answering([0, 1, 1, 0, 0, 2], labels, 3);
const distilled = answering([0, 0, 1, 1, 0, 2], labels, 3);

describe('confusion', () => {
  it('counts true classes by row, predicted ones by column, as a mean over seeds', () => {
    const mean = meanCounts([pairCounts(scratch), pairCounts(distilled)]);
    expect(confusionMatrix(mean, 3)).toEqual([
      [1.5, 0.5, 0],
      [0.5, 1.5, 0],
      [1, 0, 1],
    ]);
  });

  it('names the pairs that changed most, and none that did not', () => {
    expect(mostChangedPairs(pairCounts(distilled), pairCounts(scratch), 3, 20)).toEqual([
      { truth: 0, predicted: 0, scratch: 1, distilled: 2, change: 1 },
      { truth: 0, predicted: 1, scratch: 1, distilled: 0, change: -1 },
      { truth: 1, predicted: 0, scratch: 1, distilled: 0, change: -1 },
      { truth: 1, predicted: 1, scratch: 1, distilled: 2, change: 1 },
    ]);
    expect(mostChangedPairs(pairCounts(distilled), pairCounts(scratch), 3, 2)).toHaveLength(2);
  });

  it('more right answers help, more of a confusion hurts', () => {
    expect([helps(1, 1, 0.2), helps(1, 1, -0.2), helps(1, 2, 0.2), helps(1, 2, -0.2)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('accuracy per class', () => {
  it('is a share of the class’s own examples, over seeds; a class without examples has none', () => {
    const four = answering([0, 1, 1], [0, 0, 1], 4);
    expect(accuracyPerClass([four])).toEqual([
      { mean: 0.5, sd: 0, n: 1 },
      { mean: 1, sd: 0, n: 1 },
      null,
      null,
    ]);
    expect(accuracyPerClass([scratch, distilled])[0]).toMatchObject({ mean: 0.75, n: 2 });
  });

  const rows = perClass(examplesPerClass(distilled), {
    teacher: accuracyPerClass([]),
    scratch: accuracyPerClass([scratch]),
    distilled: accuracyPerClass([distilled]),
  });

  it('stands by gain, the largest first', () => {
    expect(rows.map(({ index, gain }) => [index, gain])).toEqual([
      [0, 0.5],
      [1, 0.5],
      [2, 0],
    ]);
  });

  it('puts what changed least into one row where there are too many', () => {
    const few = mostChangedClasses(rows, 1);
    expect(few.map(({ index }) => index)).toEqual([0, null]);
    expect(few[1]).toMatchObject({ classes: 2, examples: 4, gain: 0.25, scratch: { mean: 0.5 } });
  });
});

describe('reliability', () => {
  it('has the accuracy and the mean confidence of each of 15 bins, over all seeds', () => {
    const sure = Math.log(9); // of two classes: 90 %
    const one = predictionsOf(
      [
        [sure, 0],
        [0, sure],
        [sure, 0],
        [0, sure],
      ],
      [0, 1, 0, 0],
    );
    const { bins, ece } = reliability([one, one]);
    expect(bins).toHaveLength(1);
    expect(bins[0]).toMatchObject({ accuracy: 0.75, count: 8 });
    expect(bins[0]?.confidence).toBeCloseTo(0.9, 6);
    expect(ece?.mean).toBeCloseTo(0.15, 6);
    expect(ece?.n).toBe(2);
  });
});

describe('disagreements', () => {
  it('are the examples that are answered differently, the surest first', () => {
    const one = predictionsOf(
      [
        [1, 0],
        [3, 0],
        [0, 1],
      ],
      [0, 1, 1],
    );
    const other = predictionsOf(
      [
        [0, 1],
        [0, 3],
        [0, 1],
      ],
      [0, 1, 1],
    );
    const { counts, shown } = disagreements(one, other, null, 10);
    expect(counts).toEqual({ distilledRight: 1, scratchRight: 1, neither: 0 });
    expect(
      shown.map(({ example, label, distilled: own, scratch: theirs }) => [
        example,
        label,
        own.class,
        theirs.class,
      ]),
    ).toEqual([
      [1, 1, 0, 1],
      [0, 0, 0, 1],
    ]);
    expect(shown[0]?.distilled.probability).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
    expect(disagreements(one, other, null, 1).shown).toHaveLength(1);
  });
});

describe('the whole view', () => {
  const run = (seed: number, validation = distilled) => ({ seed, validation, test: null });
  const input = {
    arm: 'kd',
    title: 'KD',
    part: 'validation' as const,
    distilled: [run(0), run(1), run(2)],
    scratch: [run(0, scratch), run(2, scratch)],
    teacher: [run(0)],
    missing: [],
  };

  it('is of the seeds that both have', () => {
    const view = classesView(input)!;
    expect(view.seeds).toEqual([0, 2]);
    expect(view.confusion?.scratch?.[0]).toEqual([1, 1, 0]);
    expect(view.disagreements).toMatchObject({
      seed: 0,
      counts: { distilledRight: 2, scratchRight: 0, neither: 0 },
    });
    expect(view.bias).toBeNull();
  });

  it('is of the arm alone where there is no scratch', () => {
    const view = classesView({ ...input, scratch: null })!;
    expect(view.seeds).toEqual([0, 1, 2]);
    expect([view.confusion?.scratch, view.disagreements, view.reliability.scratch]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is nothing before the first evaluation', () => {
    expect(classesView({ ...input, distilled: [{ seed: 0, validation: null, test: null }] })).toBeNull();
    expect(classesView({ ...input, part: 'test' })).toBeNull();
  });

  it('of many classes holds no matrix, 20 pairs and 12 classes with the others', () => {
    const many = Array.from({ length: 40 }, (_, i) => i);
    const wrong = answering(
      many.map((i) => (i < 25 ? (i + 1) % 40 : i)),
      many,
      40,
    );
    const view = classesView({
      ...input,
      distilled: [run(0, answering(many, many, 40))],
      scratch: [run(0, wrong)],
    })!;
    expect(view.confusion).toBeNull();
    expect(view.changed).toHaveLength(20);
    expect(view.perClass).toHaveLength(13);
    expect(view.perClass.at(-1)).toMatchObject({ index: null, classes: 28, gain: 13 / 28 });
  });
});
