import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** All random numbers come from here and never from an engine, so that they are the same on all engines. */
export interface Random {
  /** Uniform on [0, 1), 32 bits. */
  next(): number;
  /** Exactly uniform on 0 … n − 1; n ≤ 2³². */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** Fisher–Yates, in place; returns the array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T;
  /** Uniform on [low, high), in place; returns the array. */
  fillUniform(target: Float32Array, low?: number, high?: number): Float32Array;
  /** Normal, in place; returns the array. */
  fillNormal(target: Float32Array, mean?: number, sd?: number): Float32Array;
}

/**
 * The random stream with this name. It depends only on its name, so no state needs to be saved:
 * `stream(seed, 'order', epoch)`, `stream(seed, 'dropout', layer, step)`.
 */
export function stream(seed: number, ...names: (string | number)[]): Random {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...names]))
    .digest();
  const state = [0, 4, 8, 12].map((at) => digest.readInt32LE(at));
  const bits = xoroshiro128plusFromState(state);

  const next = () => (bits.next() >>> 0) / 2 ** 32;
  // A float32 below 1 has 24 bits: more could round up to 1.
  const next24 = () => (bits.next() >>> 8) / 2 ** 24;

  function integer(n: number): number {
    const fair = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const draw = bits.next() >>> 0;
      if (draw < fair) return draw % n;
    }
  }

  let spare: number | null = null;
  // Marsaglia's polar method: two normals from one pair.
  function normal(): number {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * factor;
      return u * factor;
    }
  }

  return {
    next,
    integer,
    normal,
    shuffle(array) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = array[i];
        array[i] = array[j];
        array[j] = kept;
      }
      return array;
    },
    fillUniform(target, low = 0, high = 1) {
      const range = high - low;
      for (let i = 0; i < target.length; i++) target[i] = low + range * next24();
      return target;
    },
    fillNormal(target, mean = 0, sd = 1) {
      for (let i = 0; i < target.length; i++) target[i] = mean + sd * normal();
      return target;
    },
  };
}
