import type { Inference } from './inference';

/** Examples that go through a network at once. */
const AT_ONCE = 256;

/** The sizes of the batches in which `inChunks` takes so many examples. */
export function chunkSizes(count: number): number[] {
  const full = Math.min(count, AT_ONCE);
  const last = full === 0 ? 0 : count % full;
  return [full, last].filter((size) => size > 0);
}

/**
 * Logits of any number of examples, row-major, [count, C], batch by batch.
 *
 * @param inputs row-major, [count, width]
 */
export async function inChunks(
  inference: Pick<Inference, 'logits'>,
  inputs: Float32Array,
  width: number,
): Promise<Float32Array> {
  const step = AT_ONCE * width;
  const parts: Float32Array[] = [];
  for (let from = 0; from < inputs.length; from += step)
    parts.push(await inference.logits(inputs.subarray(from, from + step)));
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
