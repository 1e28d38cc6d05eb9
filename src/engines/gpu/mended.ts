import {
  backend_util,
  getKernel,
  mul,
  registerKernel,
  tensor,
  tidy,
  unregisterKernel,
  util,
  zeros,
} from '@tensorflow/tfjs-core';
import type { KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { poolInfo } from '../pooling';

/** Puts right what the stock kernels get wrong; `stock` is the kernel that is replaced. */
export function mendKernels(): void {
  replace('AvgPoolGrad', averagePoolGradient);
  replace('Sum', sum);
}

function replace(kernelName: string, make: (stock: KernelFunc) => KernelFunc): void {
  const stock = getKernel(kernelName, 'webgpu');
  unregisterKernel(kernelName, 'webgpu');
  registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) });
}

/**
 * The stock gradient of average pooling divides by the whole window where the mean, at a padded border, was taken over a part
 * of it. What comes in is made larger there first.
 */
const averagePoolGradient =
  (stock: KernelFunc): KernelFunc =>
  (call) => {
    const { dy, input } = call.inputs as Record<'dy' | 'input', TensorInfo>;
    const info = poolInfo(input, call.attrs ?? {});
    if (info.padInfo.type === 'VALID') return stock(call);
    const share = [1, info.outHeight, info.outWidth, 1];
    const scaled = tidy(() => mul(dy as Tensor, tensor(wholeOverPart(info), share)));
    const dx = stock({ ...call, inputs: { dy: scaled, input } });
    scaled.dispose();
    return dx;
  };

/** The size of a window over the size of its part that lies on the image, by output, [outHeight, outWidth]. */
function wholeOverPart(info: ReturnType<typeof poolInfo>): Float32Array {
  const { inHeight, inWidth, filterHeight, filterWidth, padInfo } = info;
  const inside = (at: number, size: number, whole: number) => Math.min(at + size, whole) - Math.max(at, 0);
  return Float32Array.from({ length: info.outHeight * info.outWidth }, (_, i) => {
    const top = Math.floor(i / info.outWidth) * info.strideHeight - padInfo.top;
    const left = (i % info.outWidth) * info.strideWidth - padInfo.left;
    const part = inside(top, filterHeight, inHeight) * inside(left, filterWidth, inWidth);
    return (filterHeight * filterWidth) / part;
  });
}

/** A sum along an axis without entries is 0; the stock kernel leaves what the memory held before. */
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
