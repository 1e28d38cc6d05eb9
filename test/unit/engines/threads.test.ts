import { setTimeout as sleep } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/data/random';
import { portable } from '../../../src/engines/portable';
import { kernelsOf } from '../../../src/engines/portable/kernels';
import { install } from '../../../src/engines/portable/kernels/kernel';
import { shared } from '../../../src/engines/portable/sharedMemory';
import { availableVariants } from '../../../src/engines/portable/variants';

let drawn = 0;
const draw = (shape: number[]) =>
  tf.tensor(stream(++drawn, 'threads').fillNormal(new Float32Array(tf.util.sizeFromShape(shape))), shape);

const matrices = [
  [130, 203, 301, false, false],
  [301, 130, 203, true, false],
  [71, 257, 300, false, true],
  [6, 999, 1001, false, false],
  [999, 6, 1001, true, true],
] as const;
const products = matrices.map(([rows, columns, depth, transposeA, transposeB]) => {
  return () => {
    const a = draw(transposeA ? [depth, rows] : [rows, depth]);
    const b = draw(transposeB ? [columns, depth] : [depth, columns]);
    return [tf.matMul(a, b, transposeA, transposeB)];
  };
});
const convolutions = [1, 2].map((stride) => () => {
  const x = draw([40, 23, 21, 9]) as Tensor4D;
  const w = draw([3, 3, 9, 13]) as Tensor4D;
  const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as Tensor4D, b as Tensor4D, stride, 'same');
  return [convolve(x, w), ...tf.grads(convolve)([x, w])];
});

/** All results as bytes, from the same inputs each time. */
function compute(): Buffer {
  drawn = 0;
  const results = [...products, ...convolutions].flatMap((each) =>
    tf.tidy(() => each().map((result) => result.dataSync<'float32'>())),
  );
  return Buffer.concat(results.map(({ buffer }) => new Uint8Array(buffer)));
}

describe('threads', () => {
  test('change no bit', async () => {
    await portable.load();
    for (const { module } of await availableVariants(tf.backend() as BackendWasm)) {
      if (!module) continue;
      install(kernelsOf(module));
      const alone = compute();
      module.startThreads(3);
      while (!module.isThreaded) await sleep(5);
      // A part that is not computed would leave what a call before has left.
      for (let repeat = 0; repeat < 5; repeat++) expect(compute().equals(alone)).toBe(true);
    }
  });

  test('need a memory with a limit, which is marked as shared', () => {
    const header = [0, 97, 115, 109, 1, 0, 0, 0];
    const withMemory = (...limits: number[]) =>
      Uint8Array.from([...header, 5, limits.length + 1, 1, ...limits]);
    const limited = shared(withMemory(1, 1, 2));
    expect(limited).toEqual(withMemory(3, 1, 2));
    expect(WebAssembly.validate(limited)).toBe(true);
    expect(shared(withMemory(0, 1))).toEqual(withMemory(0, 1));
  });
});
