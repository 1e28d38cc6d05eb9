/** Softmax and divergence of rows of logits, in float64, without TensorFlow.js, so that the page can use them too. */
export type Row = ArrayLike<number>;

/** log softmax(logits / T). */
export function logSoftmax(logits: Row, temperature = 1): number[] {
  let max = -Infinity;
  for (let c = 0; c < logits.length; c++) max = Math.max(max, logits[c]! / temperature);
  let sum = 0;
  for (let c = 0; c < logits.length; c++) sum += Math.exp(logits[c]! / temperature - max);
  const logSum = max + Math.log(sum);
  return Array.from(logits, (z) => z / temperature - logSum);
}

/** softmax(logits / T): probabilities that sum to 1. */
export const softmax = (logits: Row, temperature = 1): number[] =>
  logSoftmax(logits, temperature).map(Math.exp);

/**
 * KL(softmax(teacher/T) ‖ softmax(student/T)) in nats, 0 or above, without cancellation: with x = (student − teacher)/T
 * shifted so that Σ p·x = 0 it is log(1 + Σ p·(e^x − 1 − x)).
 */
export function divergence(teacher: Row, student: Row, temperature = 1): number {
  const logP = logSoftmax(teacher, temperature);
  const p = logP.map(Math.exp);
  const difference = p.map((_, c) => (student[c]! - teacher[c]!) / temperature);
  const mean = difference.reduce((sum, d, c) => sum + p[c]! * d, 0);
  const x = difference.map((d) => d - mean);
  if (Math.max(...x) < 500) return Math.log1p(p.reduce((sum, pc, c) => sum + pc * expExcess(x[c]!), 0));
  const logQ = logSoftmax(student, temperature);
  return p.reduce((sum, pc, c) => sum + pc * (logP[c]! - logQ[c]!), 0);
}

/** e^x − 1 − x; for small x its (2,2) Padé approximant, to avoid cancellation. */
const expExcess = (x: number) =>
  Math.abs(x) < 1e-3 ? (x * x * (6 - x)) / ((x - 3) ** 2 + 3) : Math.expm1(x) - x;

/** Row i of a row-major matrix, as a plain array. */
export const rowOf = (matrix: Float32Array, i: number, width: number): number[] =>
  Array.from(matrix.subarray(i * width, (i + 1) * width));
