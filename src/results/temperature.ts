import { divergence, softmax, type Row } from '../tasks/softmax';

/** Effects of the temperature on logits, without tensors; the panel and the report share them. */
export { softmax, divergence as klDivergence };

/** −Σ p·log₂ p: 0 for certainty, log₂ C for the uniform distribution. */
export const entropyBits = (p: readonly number[]): number =>
  p.reduce((sum, pc) => (pc > 0 ? sum - pc * Math.log2(pc) : sum), 0);

/** How many equally likely classes have the same entropy. */
export const effectiveClasses = (p: readonly number[]): number => 2 ** entropyBits(p);

/**
 * (1/2C)·‖centred(student − teacher)‖²: what T²·KL tends to as T grows (Hinton et al. 2015, §2.1), in nats.
 */
export function logitMatchingLimit(teacher: Row, student: Row): number {
  const difference = Array.from(teacher, (z, c) => student[c]! - z);
  const mean = difference.reduce((a, b) => a + b, 0) / difference.length;
  return difference.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (2 * difference.length);
}
