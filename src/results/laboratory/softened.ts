import { logitMatchingLimit } from '../temperature';
import type { Row } from '../../tasks/softmax';

/** log softmax(logits / T) of every row at once, [N, C] row-major, in float64. */
export function logSoften(logits: Row, classes: number, temperature: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (let from = 0; from < out.length; from += classes) {
    let most = -Infinity;
    for (let i = from; i < from + classes; i++) most = Math.max(most, logits[i]!);
    let sum = 0;
    for (let i = from; i < from + classes; i++) sum += Math.exp((logits[i]! - most) / temperature);
    const logSum = most / temperature + Math.log(sum);
    for (let i = from; i < from + classes; i++) out[i] = logits[i]! / temperature - logSum;
  }
  return out;
}

/** softmax(logits / T) of every row at once. */
export const soften = (logits: Row, classes: number, temperature: number): Float64Array =>
  logSoften(logits, classes, temperature).map(Math.exp);

/** Mean of KL(p ‖ q) over the rows, in nats, from the logarithms of both. */
export function meanDivergence(logP: Float64Array, logQ: Float64Array, classes: number): number {
  let sum = 0;
  for (let i = 0; i < logP.length; i++) {
    const p = Math.exp(logP[i]!);
    if (p > 0) sum += p * (logP[i]! - logQ[i]!);
  }
  return (sum * classes) / logP.length;
}

/** −Σ p·log₂ p of every row, in bits, [N]. */
export function entropies(probabilities: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(probabilities.length / classes);
  probabilities.forEach((p, at) => {
    if (p > 0) out[Math.floor(at / classes)]! -= p * Math.log2(p);
  });
  return out;
}

/** Mean probability of the label. */
export function massOnLabels(probabilities: Float64Array, labels: Row, classes: number): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += probabilities[i * classes + labels[i]!]!;
  return sum / labels.length;
}

/** Mean L2 norm of the rows of a − b. */
export function meanDistance(a: Float64Array, b: Float64Array, classes: number): number {
  let sum = 0;
  for (let from = 0; from < a.length; from += classes) {
    let squares = 0;
    for (let i = from; i < from + classes; i++) squares += (a[i]! - b[i]!) ** 2;
    sum += Math.sqrt(squares);
  }
  return (sum * classes) / a.length;
}

/** Mean of T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)) over the examples, in nats (Hinton et al. 2015, §2). */
export const scaledDivergence = (teacher: Row, student: Row, classes: number, temperature: number): number =>
  temperature ** 2 *
  meanDivergence(logSoften(teacher, classes, temperature), logSoften(student, classes, temperature), classes);

/** What it tends to as T grows: the mean loss of logit matching (§2.1), in nats. */
export function matchingLimit(teacher: Row, student: Row, classes: number): number {
  const [a, b] = [Float64Array.from(teacher), Float64Array.from(student)];
  let sum = 0;
  for (let from = 0; from < a.length; from += classes)
    sum += logitMatchingLimit(a.subarray(from, from + classes), b.subarray(from, from + classes));
  return (sum * classes) / a.length;
}
