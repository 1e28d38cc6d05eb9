import { softmax } from './softmax';

const MOST_ROUNDS = 100;

/**
 * Groups of classes that a model is likely to confuse: k-means on the columns of the covariance matrix of its predictions
 * (Hinton, Vinyals, Dean 2015, §5.3). The first centre is the column with the largest norm, each further one the column
 * farthest from those before, so that the result is deterministic.
 *
 * @param logits row-major, [N, C]
 * @param count 2 ≤ count ≤ classes
 * @returns class numbers, ascending within a group; `count` groups, or fewer if columns are equal
 */
export function confusableClasses(logits: Float32Array, classes: number, count: number): number[][] {
  const columns = covariance(logits, classes);
  const zero = columns.map(() => 0);
  const centres: number[][] = [];
  while (centres.length < count) {
    const others = centres.length === 0 ? [zero] : centres;
    centres.push(
      columns[largest(columns.map((c) => Math.min(...others.map((other) => distance(c, other)))))]!,
    );
  }
  let groups: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const nearest = columns.map((c) => largest(centres.map((centre) => -distance(c, centre))));
    if (nearest.every((group, i) => group === groups[i])) break;
    groups = nearest;
    centres.forEach((centre, g) => {
      const own = columns.filter((_, i) => groups[i] === g);
      if (own.length > 0)
        centres[g] = centre.map((_, i) => own.reduce((sum, c) => sum + c[i]!, 0) / own.length);
    });
  }
  const found = centres.map((_, g) => groups.flatMap((group, i) => (group === g ? [i] : [])));
  return found.filter((group) => group.length > 0);
}

/** Covariance of the classes' probabilities, [C, C]; symmetric, so that a row is a column. */
function covariance(logits: Float32Array, classes: number): number[][] {
  const rows = Array.from({ length: logits.length / classes }, (_, i) =>
    softmax(logits.subarray(i * classes, (i + 1) * classes)),
  );
  const mean = (of: (row: number[]) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const means = Array.from({ length: classes }, (_, c) => mean((row) => row[c]!));
  return means.map((a, i) => means.map((b, j) => mean((row) => row[i]! * row[j]!) - a * b));
}

const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

/** Index of the largest; the first of equals. */
const largest = (values: readonly number[]) => values.indexOf(Math.max(...values));
