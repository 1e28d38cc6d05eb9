import type { ClassNumbers, Logits } from './classification';
import { softmax } from './softmax';

/** No temperature is looked for beyond: at these the probabilities are those of the limits, to all digits that matter. */
const [COLDEST, HOTTEST] = [1e-2, 1e2];
const STEPS = 60;

/**
 * The temperature at which logits / T give the labels the highest probability (Guo et al. 2017, “On Calibration of Modern
 * Neural Networks”, §4.2). As a function of 1 / T the loss is convex, so that where its slope is 0 it is lowest.
 *
 * @param logits row-major, [N, C]; of examples that decide nothing else
 * @returns on [0.01, 100]; the lowest where every example is right, since then no temperature is cold enough
 */
export function fitTemperature(logits: Logits, labels: ClassNumbers): number {
  let [low, high] = [Math.log(COLDEST), Math.log(HOTTEST)];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    // Rising with 1 / T: colder is worse.
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
