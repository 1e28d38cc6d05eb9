import { UserError } from '../config/errors';
import type { Inputs } from './inputs';

/**
 * Replaces missing values (NaN) by the mean of their column over the training rows, so that no validation or test value is
 * used.
 * @param describe names an input in a message
 * @throws UserError if a column has no value in the training part
 */
export function fillMissing(inputs: Inputs, train: Int32Array, describe: (input: number) => string): Inputs {
  const { width } = inputs;
  const sums = new Float64Array(width);
  const counts = new Int32Array(width);
  for (const row of train) {
    for (const [i, value] of inputs.take([row]).entries()) {
      if (Number.isNaN(value)) continue;
      sums[i]! += value;
      counts[i]!++;
    }
  }
  const empty = counts.indexOf(0);
  if (empty >= 0)
    throw new UserError(
      `${describe(empty)} has no values in the training part, so there is no mean for its missing cells. Exclude it with "ignore".`,
    );
  const means = sums.map((sum, i) => sum / counts[i]!);
  return {
    ...inputs,
    take(rows) {
      const taken = inputs.take(rows);
      for (let at = 0; at < taken.length; at++) if (Number.isNaN(taken[at])) taken[at] = means[at % width]!;
      return taken;
    },
    close: () => inputs.close(),
  };
}
