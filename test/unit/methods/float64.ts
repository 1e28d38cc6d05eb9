/** The losses once more, in float64 and straight from their definitions: what the tensor forms are checked against. */
type Row = number[];

export function logSoftmax(z: Row, temperature = 1): Row {
  const a = z.map((v) => v / temperature);
  const max = Math.max(...a);
  const rest = a.map((v, i) => (i === a.indexOf(max) ? 0 : Math.exp(v - max))).reduce((s, v) => s + v, 0);
  return a.map((v) => v - max - Math.log1p(rest));
}
export const softmax = (z: Row, temperature = 1): Row => logSoftmax(z, temperature).map(Math.exp);

/** Each term q − p + p·log(p/q) is ≥ 0, so that nothing cancels between classes. */
export function divergence(teacher: Row, student: Row, temperature: number): number {
  const logP = logSoftmax(teacher, temperature);
  const logQ = logSoftmax(student, temperature);
  return logP.reduce((sum, lp, i) => {
    const u = logQ[i]! - lp;
    const excess = Math.abs(u) < 1e-3 ? u ** 2 / 2 + u ** 3 / 6 + u ** 4 / 24 : Math.expm1(u) - u;
    return sum + (u > 600 ? Math.exp(logQ[i]!) - Math.exp(lp) * (1 + u) : Math.exp(lp) * excess);
  }, 0);
}
export const crossEntropy = (targets: Row, student: Row, temperature = 1): number =>
  -logSoftmax(student, temperature).reduce((sum, lq, i) => sum + targets[i]! * lq, 0);

/** Half the squared distance, of centred rows where asked. */
export function logitDistance(teacher: Row, student: Row, centred: boolean): number {
  const d = student.map((v, i) => v - teacher[i]!);
  const mean = centred ? d.reduce((a, b) => a + b, 0) / d.length : 0;
  return d.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 2;
}

/** Central differences of a scalar function of one row. */
export const finiteDifference = (f: (z: Row) => number, z: Row, step = 1e-5): Row =>
  z.map((_, i) => {
    const at = (delta: number) => f(z.map((v, j) => (j === i ? v + delta : v)));
    return (at(step) - at(-step)) / (2 * step);
  });
