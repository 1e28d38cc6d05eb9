import { getKernel, mul, tensor, tidy } from '@tensorflow/tfjs-core';
import type { KernelBackend, KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { poolInfo } from '../pooling';
import { BACKEND } from './start';

type PoolInfo = ReturnType<typeof poolInfo>;

/**
 * At padded borders the stock gradient of average pooling divides by the whole window, although the mean is over a part of
 * it. The incoming gradient is scaled up there first.
 */
export const averagePoolGradient =
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

/** Window size divided by the size of its part inside the image, by output, [outHeight, outWidth]. */
function wholeOverPart(info: PoolInfo): Float32Array {
  const { inHeight, inWidth, filterHeight, filterWidth, padInfo } = info;
  const inside = (at: number, size: number, whole: number) => Math.min(at + size, whole) - Math.max(at, 0);
  return Float32Array.from({ length: info.outHeight * info.outWidth }, (_, i) => {
    const top = Math.floor(i / info.outWidth) * info.strideHeight - padInfo.top;
    const left = (i % info.outWidth) * info.strideWidth - padInfo.left;
    const part = inside(top, filterHeight, inHeight) * inside(left, filterWidth, inWidth);
    return (filterHeight * filterWidth) / part;
  });
}

/**
 * The stock gradient of max pooling goes to the last of equal inputs, on every other engine to the first: the stock kernel
 * gets images rotated by 180°.
 */
export const maxPoolGradient =
  (stock: KernelFunc): KernelFunc =>
  ({ inputs, attrs = {}, backend }) => {
    const { dy, input, output } = inputs as Record<'dy' | 'input' | 'output', TensorInfo>;
    const turned = { dy: turn(dy, backend), input: turn(input, backend), output };
    const pad = turnedPadding(poolInfo(input, attrs));
    const dx = stock({ inputs: turned, attrs: { ...attrs, pad, dimRoundingMode: 'floor' }, backend });
    const result = turn(dx as TensorInfo, backend);
    for (const { dataId } of [turned.dy, turned.input, dx as TensorInfo])
      (backend as KernelBackend).disposeData(dataId);
    return result;
  };

function turn(x: TensorInfo, backend: unknown): TensorInfo {
  const { kernelFunc } = getKernel('Reverse', BACKEND);
  return kernelFunc({ inputs: { x }, attrs: { dims: [1, 2] }, backend: backend as object }) as TensorInfo;
}

/** Padding before and after each axis; negative where no window reaches the end. */
function turnedPadding(info: PoolInfo): number[][] {
  const after = (outputs: number, stride: number, window: number, before: number, length: number) =>
    (outputs - 1) * stride + window - before - length;
  const { top, left } = info.padInfo;
  const bottom = after(info.outHeight, info.strideHeight, info.filterHeight, top, info.inHeight);
  const right = after(info.outWidth, info.strideWidth, info.filterWidth, left, info.inWidth);
  return [
    [0, 0],
    [bottom, top],
    [right, left],
    [0, 0],
  ];
}
