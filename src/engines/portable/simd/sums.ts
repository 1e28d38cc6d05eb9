import { backend_util, util } from '@tensorflow/tfjs-core';
import { input } from '../kernels/kernel';
import type { Kernel, KernelCall } from '../kernels/kernel';
import type { Module } from '../module';

/** An array as [outer, length, inner], summed over the middle axis. */
interface Middle {
  outer: number;
  length: number;
  inner: number;
}

/** The stock kernel transposes the whole array if the axis is not the last, as for every gradient of a bias. */
export const sum = (module: Module): Kernel => reduction(module, 'Sum', () => 1);
export const mean = (module: Module): Kernel => reduction(module, 'Mean', ({ length }) => length);

function reduction(module: Module, name: string, divisor: (middle: Middle) => number): Kernel {
  return {
    name,
    run: (call) => {
      const { backend, inputs, attrs, stock } = call;
      const x = input(call, 'x');
      const axes = axesOf(call);
      const middle = x.dtype === 'float32' ? asMiddle(x.shape, axes) : null;
      if (middle === null) return stock!({ inputs, attrs, backend });
      const [kept] = backend_util.computeOutAndReduceShapes(x.shape, axes);
      const shape = attrs['keepDims'] ? backend_util.expandShapeToKeepDim(kept, axes) : kept;
      const out = backend.makeOutput(shape, 'float32');
      const { outer, length, inner } = middle;
      module.run.sums(outer, length, inner, module.at(x), divisor(middle), module.at(out));
      return out;
    },
  };
}

function axesOf(call: KernelCall): number[] {
  return util
    .parseAxisParam(call.attrs['axis'] as number | number[], input(call, 'x').shape)
    .sort((a, b) => a - b);
}

/** Null if the axes are not adjacent. */
function asMiddle(shape: readonly number[], axes: readonly number[]): Middle | null {
  const size = (from: number, to: number) => util.sizeFromShape(shape.slice(from, to));
  const last = axes.at(-1);
  if (last === undefined) return { outer: size(0, shape.length), length: 1, inner: 1 };
  const start = axes[0]!;
  const gaps = shape.slice(start, last + 1).some((length, i) => length !== 1 && !axes.includes(start + i));
  if (gaps) return null;
  return { outer: size(0, start), length: size(start, last + 1), inner: size(last + 1, shape.length) };
}
