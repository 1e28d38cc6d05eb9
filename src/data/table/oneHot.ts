/** Categories of a column, in the order of their inputs; null for a column of numbers. */
export type Encoding = readonly { name: string; code: number }[] | null;

/**
 * Replaces a column of categories by one input for each category; all of them are NaN if the cell is missing.
 * @param values row-major, [rows, encodings.length] @returns row-major, [rows, width of all]
 */
export function oneHot(values: Float32Array, encodings: readonly Encoding[]): Float32Array {
  if (encodings.every((encoding) => encoding === null)) return values;
  const width = encodings.reduce((sum, encoding) => sum + (encoding?.length ?? 1), 0);
  const out = new Float32Array((values.length / encodings.length) * width);
  for (let from = 0, to = 0; from < values.length;)
    for (const encoding of encodings) {
      const value = values[from++]!;
      if (encoding === null) out[to++] = value;
      else for (const { code } of encoding) out[to++] = Number.isNaN(value) ? NaN : Number(code === value);
    }
  return out;
}
