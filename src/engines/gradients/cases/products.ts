import { draw, type Cases } from '../case';
import * as r from '../reference';

/** Matrix products with every transposition; sizes around those of registers, tiles and blocks. */
export const products: Cases = {};

for (const [a, b, transposeA, transposeB] of [
  [[7, 5], [5, 3], false, false],
  [[5, 7], [5, 3], true, false],
  [[7, 5], [3, 5], false, true],
  [[5, 7], [3, 5], true, true],
  [[1, 9], [9, 4], false, false],
  [[9, 33], [33, 17], false, false],
] as const)
  products[`matMul ${a.join('×')} ${b.join('×')} ${transposeA ? 'T' : ''}${transposeB ? 'T' : ''}`] = {
    inputs: [draw([...a]), draw([...b])],
    engine: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
    reference: (x, y) => r.matMul(x, y, transposeA, transposeB),
  };

for (const count of [1, 5])
  products[`dense layer, fused with its bias, batch ${count}`] = {
    inputs: [draw([count, 6]), draw([6, 3]), draw([3])],
    engine: (tf, a, b, bias) => tf.fused.matMul({ a: a, b: b, bias: bias }),
    reference: (a, b, bias) => r.combine(r.matMul(a, b), bias, (x, y) => x + y),
  };

for (const [transposeA, transposeB] of [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const) {
  const name = `${transposeA ? 'T' : ''}${transposeB ? 'T' : ''}`;
  products[`matMul of three at once 2×5×7 2×7×3 ${name}`] = {
    inputs: [draw(transposeA ? [2, 7, 5] : [2, 5, 7]), draw(transposeB ? [2, 3, 7] : [2, 7, 3])],
    engine: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
    reference: (x, y) =>
      r.stack([0, 1].map((i) => r.matMul(r.part(x, i), r.part(y, i), transposeA, transposeB))),
  };
  products[`matMul 2×3 deeper than a block ${name}`] = {
    inputs: [draw(transposeA ? [260, 2] : [2, 260]), draw(transposeB ? [3, 260] : [260, 3])],
    engine: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
    reference: (x, y) => r.matMul(x, y, transposeA, transposeB),
  };
}
