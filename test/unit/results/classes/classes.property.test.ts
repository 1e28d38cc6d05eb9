import fc from 'fast-check';
import { expect, it } from 'vitest';
import { confusionMatrix, mostChangedPairs, pairCounts } from '../../../../src/results/classes/confusion';
import { accuracyPerClass, examplesPerClass } from '../../../../src/results/classes/perClass';
import { reliability } from '../../../../src/results/classes/reliability';
import { accuracy } from '../../../../src/tasks/classification';
import { anyPredictions, classesOf } from './predictions';

it('the rows of a confusion matrix are the classes’ examples, its diagonal the right answers', () => {
  fc.assert(
    fc.property(anyPredictions, (predictions) => {
      const classes = classesOf(predictions);
      const matrix = confusionMatrix(pairCounts(predictions), classes);
      const sums = matrix.map((row) => row.reduce((a, b) => a + b, 0));
      expect(sums).toEqual(examplesPerClass(predictions));
      const diagonal = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
      expect(diagonal / predictions.labels.length).toBeCloseTo(
        accuracy(predictions.logits, predictions.labels),
        12,
      );
    }),
  );
});

it('the changes of all pairs cancel out: both answered the same examples', () => {
  fc.assert(
    fc.property(anyPredictions, ({ logits, labels }) => {
      const classes = logits.length / labels.length;
      const other = { logits: logits.map((z, i) => z + ((i * 7) % 5)), labels };
      const pairs = mostChangedPairs(pairCounts({ logits, labels }), pairCounts(other), classes, Infinity);
      expect(pairs.reduce((sum, { change }) => sum + change, 0)).toBe(0);
    }),
  );
});

it('accuracy is the mean over classes, weighted by their examples', () => {
  fc.assert(
    fc.property(anyPredictions, (predictions) => {
      const examples = examplesPerClass(predictions);
      const each = accuracyPerClass([predictions]);
      const right = each.reduce((sum, one, i) => sum + (one ? one.mean * examples[i]! : 0), 0);
      expect(right / predictions.labels.length).toBeCloseTo(
        accuracy(predictions.logits, predictions.labels),
        12,
      );
    }),
  );
});

it('the calibration error is the bins’ distance from the diagonal, weighted by their counts', () => {
  fc.assert(
    fc.property(anyPredictions, (predictions) => {
      const { bins, ece } = reliability([predictions]);
      const count = predictions.labels.length;
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(count);
      const distance = bins.reduce(
        (sum, bin) => sum + (bin.count / count) * Math.abs(bin.accuracy - bin.confidence),
        0,
      );
      expect(ece?.mean).toBeCloseTo(distance, 9);
    }),
  );
});
