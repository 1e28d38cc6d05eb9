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
  const rows = (first: number, count: number) => inputs.subarray(first * width, (first + count) * width);
  const parts: Float32Array[] = [];
  for await (const part of chunks(inference, inputs.length / width, rows)) parts.push(part);
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * The same batch by batch, so that memory holds no more.
 *
 * @param rows the inputs of some examples, row-major
 */
export async function* chunks(
  inference: Pick<Inference, 'logits'>,
  count: number,
  rows: (first: number, count: number) => Float32Array,
): AsyncGenerator<Float32Array> {
  for (let first = 0; first < count; first += AT_ONCE)
    yield await inference.logits(rows(first, Math.min(AT_ONCE, count - first)));
}
