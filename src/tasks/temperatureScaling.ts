import type { ClassNumbers, Logits } from './classification';
import { softmax } from './softmax';

/** Bounds of the search: there the probabilities equal the limits to all relevant digits. */
const [COLDEST, HOTTEST] = [1e-2, 1e2];
const STEPS = 60;

/**
 * The temperature at which logits / T give the labels the highest probability (Guo et al. 2017, “On Calibration of Modern
 * Neural Networks”, §4.2). The loss is convex in 1 / T, so its minimum is where its slope is 0.
 *
 * @param logits row-major, [N, C]; of validation examples
 * @returns within [0.01, 100]; the lower bound if every prediction is right, where the optimum is T → 0
 */
export function fitTemperature(logits: Logits, labels: ClassNumbers): number {
  let [low, high] = [Math.log(COLDEST), Math.log(HOTTEST)];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    // The loss rises with 1 / T: a lower T is worse.
    if (slope(logits, labels, Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** logits / T. */
export const scaledBy = (logits: Logits, temperature: number): Logits =>
  logits.map((logit) => logit / temperature);

/** Derivative of the mean of −log softmax(z / T)[label] by 1 / T: the mean of Σ p·z less the label’s z. */
function slope(logits: Logits, labels: ClassNumbers, temperature: number): number {
  const classes = logits.length / labels.length;
  let total = 0;
  for (const [i, label] of labels.entries()) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    total += softmax(row, temperature).reduce((sum, p, c) => sum + p * row[c]!, 0) - row[label]!;
  }
  return total;
}
