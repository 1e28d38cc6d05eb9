import {
  backend_util,
  getKernel,
  registerKernel,
  unregisterKernel,
  util,
  zeros,
} from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { averagePoolGradient, maxPoolGradient } from './pooling';
import { BACKEND } from './start';

/** Corrects stock kernels; `stock` is the kernel that is replaced. */
export function mendKernels(): void {
  replace('AvgPoolGrad', averagePoolGradient);
  replace('MaxPoolGrad', maxPoolGradient);
  replace('Sum', sum);
}

function replace(kernelName: string, make: (stock: KernelFunc) => KernelFunc): void {
  const stock = getKernel(kernelName, BACKEND);
  unregisterKernel(kernelName, BACKEND);
  registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) });
}

/** A sum along an empty axis is 0; the stock kernel returns uninitialised memory. */
const sum =
  (stock: KernelFunc): KernelFunc =>
  (call) => {
    const { x } = call.inputs as Record<'x', TensorInfo>;
    if (util.sizeFromShape(x.shape) > 0) return stock(call);
    const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape);
    const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
    return zeros(keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape);
  };
