/** Numbers kept per example: k logits, their classes, and one logit for all other classes. */
export const keptWidth = (k: number) => 2 * k + 1;

/**
 * The k largest logits of each example. The others become equal and keep their total probability at T 1; at other
 * temperatures it is an approximation, better the more equal they were.
 *
 * @param logits row-major, [n, classes]
 * @returns row-major, [n, 2k + 1]: logits in descending order, their classes, the logit of every other class
 */
export function keepTopK(logits: Float32Array, classes: number, k: number): Float32Array {
  const count = logits.length / classes;
  const width = keptWidth(k);
  const out = new Float32Array(count * width);
  const isKept = new Uint8Array(classes);
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const kept = out.subarray(i * width, (i + 1) * width);
    largest(row, kept.subarray(0, k), kept.subarray(k, 2 * k));
    isKept.fill(0);
    for (const c of kept.subarray(k, 2 * k)) isKept[c] = 1;
    kept[2 * k] = logMeanExp(row, isKept, classes - k);
  }
  return out;
}

/** Writes the largest values of a row in descending order, and their indices; of equal ones the first. */
function largest(row: Float32Array, values: Float32Array, places: Float32Array): void {
  values.fill(-Infinity);
  const last = values.length - 1;
  for (let c = 0; c < row.length; c++) {
    const value = row[c]!;
    if (c > last && value <= values[last]!) continue;
    let at = Math.min(c, last);
    for (; at > 0 && values[at - 1]! < value; at--) {
      values[at] = values[at - 1]!;
      places[at] = places[at - 1]!;
    }
    values[at] = value;
    places[at] = c;
  }
}

/** Log of the mean of exp over the classes that are not kept. */
function logMeanExp(row: Float32Array, isKept: Uint8Array, count: number): number {
  const most = row.reduce((max, value, c) => (isKept[c] === 0 && value > max ? value : max), -Infinity);
  const sum = row.reduce((total, value, c) => (isKept[c] === 0 ? total + Math.exp(value - most) : total), 0);
  return most + Math.log(sum / count);
}

/** Restores logits of all classes, row-major, [n, classes]. */
export function spread(kept: Float32Array, classes: number, k: number): Float32Array {
  const width = keptWidth(k);
  const count = kept.length / width;
  const out = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) {
    const from = i * width;
    const row = out.subarray(i * classes, (i + 1) * classes).fill(kept[from + 2 * k]!);
    for (let j = 0; j < k; j++) row[kept[from + k + j]!] = kept[from + j]!;
  }
  return out;
}
