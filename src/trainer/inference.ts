import type { TensorFlow } from '../methods/method';
import type { Network } from '../models/network';

/** Examples that go through a network at once. Rows do not depend on it: each is computed by itself. */
const AT_ONCE = 256;

/** Logits of all examples in inference mode, row-major, [count, C]. */
export function inferAll(
  tf: TensorFlow,
  network: Network,
  inputs: Float32Array,
  inputShape: readonly number[],
): Float32Array {
  const width = inputShape.reduce((a, b) => a * b, 1);
  const count = inputs.length / width;
  const parts: Float32Array[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const chunk = inputs.subarray(first * width, Math.min(count, first + AT_ONCE) * width);
    parts.push(infer(tf, network, chunk, inputShape));
  }
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Logits of one batch in inference mode, row-major, [B, C]. */
export function infer(
  tf: TensorFlow,
  network: Network,
  inputs: Float32Array,
  inputShape: readonly number[],
): Float32Array {
  const width = inputShape.reduce((a, b) => a * b, 1);
  const logits = tf.tidy(() => network.infer(tf.tensor(inputs, [inputs.length / width, ...inputShape])));
  const values = Float32Array.from(logits.dataSync<'float32'>());
  logits.dispose();
  return values;
}
