import { getKernel, registerKernel, tidy, tensor, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { mul } from '@tensorflow/tfjs-core';
import { poolInfo } from '../pooling';

/**
 * The stock gradient of average pooling divides by the whole window where the mean, at a padded border, was taken over a part
 * of it. What comes in is made larger there first.
 */
export function mendAveragePooling(): void {
  const stock = getKernel('AvgPoolGrad', 'webgpu').kernelFunc;
  unregisterKernel('AvgPoolGrad', 'webgpu');
  const kernelFunc: KernelFunc = (call) => {
    const { dy, input } = call.inputs as Record<'dy' | 'input', TensorInfo>;
    const info = poolInfo(input, call.attrs ?? {});
    if (info.padInfo.type === 'VALID') return stock(call);
    const scaled = tidy(() =>
      mul(dy as Tensor, tensor(partOfWindow(info), [1, info.outHeight, info.outWidth, 1])),
    );
    const dx = stock({ ...call, inputs: { dy: scaled, input } });
    scaled.dispose();
    return dx;
  };
  registerKernel({ kernelName: 'AvgPoolGrad', backendName: 'webgpu', kernelFunc });
}

/** The size of a window over the size of its part that lies on the image, by output, [outHeight, outWidth]. */
function partOfWindow(info: ReturnType<typeof poolInfo>): Float32Array {
  const {
    inHeight,
    inWidth,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    strideHeight,
    strideWidth,
    padInfo,
  } = info;
  const inside = (at: number, size: number, whole: number) => Math.min(at + size, whole) - Math.max(at, 0);
  return Float32Array.from({ length: outHeight * outWidth }, (_, i) => {
    const top = Math.floor(i / outWidth) * strideHeight - padInfo.top;
    const left = (i % outWidth) * strideWidth - padInfo.left;
    return (
      (filterHeight * filterWidth) /
      (inside(top, filterHeight, inHeight) * inside(left, filterWidth, inWidth))
    );
  });
}
