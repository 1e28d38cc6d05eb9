import { broadcast_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { input } from '../kernels/kernel';
import type { Kernel, KernelCall } from '../kernels/kernel';
import type { Address, Module } from '../module';
import { activated } from './activation';

/**
 * a · b of [..., rows, depth] and [..., depth, columns], either transposed in its last two dimensions; leading dimensions
 * are broadcast.
 */
function multiply(module: Module, call: KernelCall, bias: Address, activation: number): TensorInfo {
  const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
  const [a, b] = [input(call, 'a'), input(call, 'b')];
  const [rows, depth] = lastTwo(a, transposeA);
  const [depthB, columns] = lastTwo(b, transposeB);
  if (depth !== depthB)
    throw new Error(
      `Matrices of shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}] cannot be multiplied.`,
    );
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const out = module.backend.makeOutput([...outer, rows, columns], 'float32');
  const [atA, atB, atC] = [module.at(a), module.at(b), module.at(out)];

  /** `count` products, from one matrix of each array on. */
  const products = (
    count: number,
    height: number,
    from: { a: number; b: number; c: number },
    stepB: number,
  ) =>
    module.inParts(
      'matMul',
      count * height * columns * depth,
      count,
      height,
      columns,
      depth,
      atA + 4 * from.a * rows * depth,
      rows * depth,
      Number(transposeA),
      atB + 4 * from.b * depth * columns,
      stepB * depth * columns,
      Number(transposeB),
      atC + 4 * from.c * rows * columns,
      bias,
      activation,
    );
  const [countA, countB] = [util.sizeFromShape(outerA), util.sizeFromShape(outerB)];
  const count = util.sizeFromShape(outer);
  // All rows at once: a row's result does not depend on the number of rows.
  if (countB === 1 && !transposeA) products(1, count * rows, { a: 0, b: 0, c: 0 }, 0);
  else if (countA === count && (countB === count || countB === 1))
    products(count, rows, { a: 0, b: 0, c: 0 }, countB === 1 ? 0 : 1);
  else {
    const [ofA, ofB] = [broadcastIndex(outerA, outer), broadcastIndex(outerB, outer)];
    for (let c = 0; c < count; c++) products(1, rows, { a: ofA(c), b: ofB(c), c }, 0);
  }
  return out;
}

function lastTwo({ shape }: TensorInfo, transposed: boolean): [number, number] {
  const [first, second] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [second, first] : [first, second];
}

/** Index of the operand's matrix for a matrix of the broadcast result. */
function broadcastIndex(shape: readonly number[], out: readonly number[]): (index: number) => number {
  const missing = out.length - shape.length;
  return (index) => {
    let [at, step] = [0, 1];
    for (let axis = out.length - 1; axis >= missing; axis--) {
      const size = shape[axis - missing]!;
      if (size > 1) at += step * (index % out[axis]!);
      step *= size;
      index = Math.floor(index / out[axis]!);
    }
    return at;
  };
}

export const matMul = (module: Module): Kernel => ({
  name: 'BatchMatMul',
  run: (call) => multiply(module, call, 0, 0),
});

/** With bias, [columns], and activation. */
export const fusedMatMul = (module: Module): Kernel => ({
  name: '_FusedMatMul',
  run: (call) => {
    const { bias } = call.inputs;
    if (bias && util.sizeFromShape(bias.shape) !== bias.shape.at(-1))
      throw new Error(`A bias of shape [${bias.shape.join(', ')}] cannot be added in a matrix product.`);
    return activated(call, (activation) => multiply(module, call, module.atOrNull(bias), activation));
  },
});
