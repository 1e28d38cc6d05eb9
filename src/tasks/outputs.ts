export type Outputs = 'logits' | 'probabilities' | 'logProbabilities';

/** Larger than the rounding errors of float32 and of quantized weights. */
const TOLERANCE = 1e-3;

/**
 * What the outputs of a model are: probabilities if each row is within [0, 1] and sums to 1, their logarithms if this holds
 * for the exponentials.
 *
 * @param outputs row-major, [N, C], N ≥ 1
 */
export function outputsLookLike(outputs: Float32Array, classes: number): Outputs {
  const rows = Array.from({ length: outputs.length / classes }, (_, i) =>
    outputs.subarray(i * classes, (i + 1) * classes),
  );
  const areProbabilities = (of: (value: number) => number) =>
    rows.every((row) => {
      let sum = 0;
      for (const value of row) {
        const p = of(value);
        if (!(p >= -TOLERANCE && p <= 1 + TOLERANCE)) return false;
        sum += p;
      }
      return Math.abs(sum - 1) <= TOLERANCE;
    });
  if (classes > 1 && areProbabilities((value) => value)) return 'probabilities';
  return classes > 1 && areProbabilities(Math.exp) ? 'logProbabilities' : 'logits';
}
