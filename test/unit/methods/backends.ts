import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { join } from 'node:path';

setWasmPaths(join(process.cwd(), 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist') + '/');

export const backends = ['cpu', 'wasm'] as const;

export async function use(backend: (typeof backends)[number]): Promise<void> {
  await tf.setBackend(backend);
  await tf.ready();
}

export { tf };

export type Rows = number[][];

/** A loss of each row and its gradient with respect to the student's logits, both as plain numbers. */
export function evaluate(
  rows: Rows,
  loss: (student: tf.Tensor2D) => tf.Tensor1D,
): { values: number[]; gradient: Rows } {
  return tf.tidy(() => {
    const student = tf.tensor2d(rows);
    return {
      values: [...loss(student).dataSync()],
      gradient: tf
        .grad((z) => tf.sum(loss(z as tf.Tensor2D)))(student)
        .arraySync() as Rows,
    };
  });
}

export const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** ‖a − b‖ / ‖b‖ over all entries. */
export function relativeDistance(a: Rows, b: Rows): number {
  const expected = b.flat();
  const error = Math.hypot(...a.flat().map((v, i) => v - expected[i]!));
  return error / Math.hypot(...expected);
}
