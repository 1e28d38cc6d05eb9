import { range } from '../data/inputs';
import type { Examples } from './examples';
import type { Inference } from './inference';

/** Examples that go through a network at once. */
const AT_ONCE = 256;

/** The sizes of the batches in which `chunks` takes so many examples. */
export function chunkSizes(count: number): number[] {
  const full = Math.min(count, AT_ONCE);
  const last = full === 0 ? 0 : count % full;
  return [full, last].filter((size) => size > 0);
}

/** Logits of examples batch by batch, row-major, [B, C], so that memory holds no more. */
export async function* chunks(
  inference: Pick<Inference, 'logits'>,
  { count, take }: Pick<Examples, 'count' | 'take'>,
): AsyncGenerator<Float32Array> {
  for (let first = 0; first < count; first += AT_ONCE)
    yield await inference.logits(take(range(first, Math.min(AT_ONCE, count - first))));
}

/** Logits of all of them, row-major, [count, C]. */
export async function inChunks(
  inference: Pick<Inference, 'logits'>,
  examples: Pick<Examples, 'count' | 'take'>,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const part of chunks(inference, examples)) parts.push(part);
  return join(parts);
}

/** Concatenates arrays. */
export function join(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
