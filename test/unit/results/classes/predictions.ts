import fc from 'fast-check';
import type { Predictions } from '../../../../src/results/input';

/** Predictions from rows of logits. */
export const predictionsOf = (
  rows: readonly (readonly number[])[],
  labels: readonly number[],
): Predictions => ({
  logits: Float32Array.from(rows.flat()),
  labels: Int32Array.from(labels),
});

/** Answers that name one class each, surely. */
export const answering = (
  answers: readonly number[],
  labels: readonly number[],
  classes: number,
): Predictions =>
  predictionsOf(
    answers.map((answer) => Array.from({ length: classes }, (_, index) => (index === answer ? 5 : 0))),
    labels,
  );

/** 1 to 40 examples of 2 to 6 classes; logits often tie. */
export const anyPredictions = fc.integer({ min: 2, max: 6 }).chain((classes) =>
  fc
    .array(
      fc.record({
        logits: fc.array(
          fc.integer({ min: -40, max: 40 }).map((n) => n / 8),
          { minLength: classes, maxLength: classes },
        ),
        label: fc.nat(classes - 1),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) =>
      predictionsOf(
        rows.map((row) => row.logits),
        rows.map((row) => row.label),
      ),
    ),
);

export const classesOf = ({ logits, labels }: Predictions) => logits.length / labels.length;
