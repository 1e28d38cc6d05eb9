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

const sum = (row: Row) => row.reduce((a, b) => a + b, 0);

/** KL of the softened probability of class y against that of all others. */
export function targetClass(teacher: Row, student: Row, y: number, temperature: number): number {
  const twoClasses = (z: Row) => {
    const p = softmax(z, temperature);
    return [p[y]!, sum(p.filter((_, i) => i !== y))].map(Math.log);
  };
  return divergence(twoClasses(teacher), twoClasses(student), 1);
}

/** KL among the classes other than y. */
export function otherClasses(teacher: Row, student: Row, y: number, temperature: number): number {
  const without = (z: Row) => z.filter((_, i) => i !== y);
  return divergence(without(teacher), without(student), temperature);
}

/** Pearson correlation, with 1e-8 added to the product of norms. */
export function correlation(a: Row, b: Row): number {
  const centred = (row: Row) => row.map((v) => v - sum(row) / row.length);
  const [x, y] = [centred(a), centred(b)];
  return sum(x.map((v, i) => v * y[i]!)) / (Math.hypot(...x) * Math.hypot(...y) + 1e-8);
}

/** Mean 0 and sample standard deviation 1. */
export function standardized(z: Row): Row {
  const mean = sum(z) / z.length;
  const sd = Math.sqrt(sum(z.map((v) => (v - mean) ** 2)) / (z.length - 1));
  return z.map((v) => (v - mean) / (sd + 1e-7));
}

/** Central differences of a scalar function of rows. */
export const finiteDifferences = (f: (rows: Row[]) => number, rows: Row[], step = 1e-5): Row[] =>
  rows.map((row, r) =>
    row.map((_, i) => {
      const at = (delta: number) =>
        f(rows.map((one, k) => (k === r ? one.map((v, j) => (j === i ? v + delta : v)) : one)));
      return (at(step) - at(-step)) / (2 * step);
    }),
  );
