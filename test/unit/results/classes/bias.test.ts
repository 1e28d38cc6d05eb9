import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biasCurve, biasedClasses, fitBias } from '../../../../src/results/classes/bias';
import { biasCorrection } from '../../../../src/results/classes/correction';
import type { Predictions } from '../../../../src/results/input';
import { anyPredictions, classesOf, predictionsOf } from './predictions';

/** Of class 2 the student has seen nothing: its logit is 1.95 too low on each of its examples. */
const omitted = predictionsOf(
  [
    [4, 0, 1],
    [0, 4, 1],
    [3, 0, 1.05],
    [0, 3, 1.05],
    [9, 0, 1],
  ],
  [0, 1, 2, 2, 0],
);

describe('which logits get the bias', () => {
  it('those of the classes that were left out', () => {
    expect(biasedClasses([3], 10)).toEqual([3]);
  });
  it('those of the classes that were kept, where they are fewer', () => {
    expect(biasedClasses([0, 1, 2, 3, 4, 5, 6, 9], 10)).toEqual([7, 8]);
  });
});

describe('the bias of a class that was left out', () => {
  const curve = biasCurve(omitted, [2], [2]);

  it('is the median of those with the most right answers', () => {
    // Right: both 2s from 2.0 on, the 0 and the 1 of margin 3 up to 3.0, where the first of equals wins.
    expect(fitBias(curve)).toBeCloseTo(2.5, 12);
    expect(curve.right[curve.biases.indexOf(2.5)]).toBe(5);
    expect(curve.rightOfThese[curve.biases.indexOf(0)]).toBe(0);
  });

  it('changes nothing beyond the ends of its grid', () => {
    expect(curve.right[0]).toBe(3);
    expect(curve.rightOfThese.at(-1)).toBe(2);
    expect(curve.right.at(-1)).toBe(2);
  });

  it('is 0 where no bias is better', () => {
    const right = predictionsOf(
      [
        [5, 0, 0],
        [0, 5, 0],
        [0, 0, 5],
      ],
      [0, 1, 2],
    );
    expect(fitBias(biasCurve(right, [2], [2]))).toBeCloseTo(0, 12);
  });
});

describe('before and after', () => {
  it('is fitted on validation and then tried on test; the paper’s way stands apart', () => {
    const test = predictionsOf(
      [
        [4, 0, 1.05],
        [0, 4, -1],
        [0, 2, 1],
      ],
      [0, 1, 2],
    );
    const found = biasCorrection([{ validation: omitted, test }], [2])!;
    expect(found.fitted).toEqual({ mean: 2.5, sd: 0, n: 1 });
    expect(found.validation.before.all.mean).toBeCloseTo(3 / 5);
    expect(found.validation.after.all.mean).toBe(1);
    expect(found.validation.after.missing?.mean).toBe(1);
    expect(found.test?.before.all.mean).toBeCloseTo(2 / 3);
    expect(found.test?.after.all.mean).toBe(1);
    expect(found.onTest?.after.all.mean).toBe(1);
    expect(found.onTest?.fitted.mean).not.toBe(found.fitted.mean);
    const zero = found.biases.indexOf(0);
    expect(found.curves.validation.errors[zero]).toBe(2);
    expect(found.curves.test?.errorsOfMissing[zero]).toBe(1);
  });

  it('says nothing of the test set while it is sealed', () => {
    const found = biasCorrection([{ validation: omitted, test: null }], [2])!;
    expect([found.test, found.onTest, found.curves.test]).toEqual([null, null, null]);
  });

  it('is nothing where no class is missing, or all are', () => {
    expect(biasCorrection([{ validation: omitted, test: null }], [])).toBeNull();
    expect(biasCorrection([{ validation: omitted, test: null }], [0, 1, 2])).toBeNull();
    expect(biasCorrection([], [2])).toBeNull();
  });
});

/** Right answers with the bias added, one example at a time. */
function rightWith({ logits, labels }: Predictions, biased: readonly number[], bias: number): number {
  const classes = logits.length / labels.length;
  return labels.reduce((sum, label, row) => {
    const scores = Array.from({ length: classes }, (_, index) => logits[row * classes + index]!);
    // As differences, so that adding does not round what subtracting does not.
    const beats = (a: number, b: number) => {
      const [one, two] = [biased.includes(a), biased.includes(b)];
      const lead = scores[a]! - scores[b]!;
      return one === two ? lead > 0 : one ? bias > -lead : lead > bias;
    };
    const answer = scores.reduce((best, _, index) => (beats(index, best) ? index : best), 0);
    return sum + (answer === label ? 1 : 0);
  }, 0);
}

describe('for any predictions', () => {
  const cases = anyPredictions.chain((predictions) =>
    fc.tuple(
      fc.constant(predictions),
      fc.subarray([...Array(classesOf(predictions)).keys()], { minLength: 1 }),
    ),
  );

  it('the curve counts what adding the bias to each example would', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ([predictions, biased], pick) => {
        const { biases, right } = biasCurve(predictions, biased, biased);
        const i = pick % biases.length;
        expect(right[i]).toBe(rightWith(predictions, biased, biases[i]!));
      }),
    );
  });

  it('the fitted bias loses nothing on what it was fitted on', () => {
    fc.assert(
      fc.property(cases, ([predictions, biased]) => {
        const curve = biasCurve(predictions, biased, biased);
        const at = (bias: number) => curve.right[curve.biases.indexOf(bias)]!;
        expect(at(fitBias(curve))).toBe(Math.max(...curve.right));
        expect(at(fitBias(curve))).toBeGreaterThanOrEqual(at(0));
      }),
    );
  });
});
