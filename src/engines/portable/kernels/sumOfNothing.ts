import { backend_util, util } from '@tensorflow/tfjs-core';
import { input, view } from './kernel';
import type { Kernel } from './kernel';

/** A sum along an empty axis is 0; the stock kernel returns uninitialised memory. */
export const sumOfNothing: Kernel = {
  name: 'Sum',
  run(call) {
    const { backend, inputs, attrs, stock } = call;
    const x = input(call, 'x');
    if (util.sizeFromShape(x.shape) > 0) return stock!({ inputs, attrs, backend });
    const { axis, keepDims } = attrs as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape);
    const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
    const out = backend.makeOutput(
      keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape,
      'float32',
    );
    view(backend, out).fill(0);
    return out;
  },
};
