import { backend_util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { call as run, dispose, input } from './kernel';
import type { Kernel, KernelCall } from './kernel';
import type { Conv2DInfo } from './patches';

type Quad = [number, number, number, number];

/**
 * XNNPACK computes "same" padding as an unsigned number and is wrong where it would be negative: where a stride exceeds
 * its window, so that no window covers the last rows or columns. Those are cropped first.
 */
function cutToWhatIsSeen(name: string, infoOf: (call: KernelCall) => Conv2DInfo): Kernel {
  return {
    name,
    run(call) {
      const { backend, inputs, attrs, stock } = call;
      if (!stock) throw new Error(`The wasm backend has no kernel "${name}".`);
      const x = input(call, 'x');
      const seen = attrs['pad'] === 'same' ? seenShape(infoOf(call)) : x.shape;
      if (seen.every((size, axis) => size === x.shape[axis])) return stock({ inputs, attrs, backend });
      const cut = run(backend, 'Slice', { x }, { begin: [0, 0, 0, 0], size: seen });
      const out = stock({ inputs: { ...inputs, x: cut }, attrs, backend }) as TensorInfo;
      dispose(backend, cut);
      return out;
    },
  };
}

function seenShape(info: Conv2DInfo): number[] {
  const height = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;
  return [info.batchSize, Math.min(info.inHeight, height), Math.min(info.inWidth, width), info.inChannels];
}

const convolution = (depthwise: boolean) => (call: KernelCall) => {
  const { strides, dilations } = call.attrs as {
    strides: [number, number];
    dilations: [number, number] | null;
  };
  return backend_util.computeConv2DInfo(
    input(call, 'x').shape as Quad,
    input(call, 'filter').shape as Quad,
    strides,
    dilations ?? 1,
    'same',
    undefined,
    depthwise,
  );
};
export const windowed: readonly Kernel[] = [
  cutToWhatIsSeen('Conv2D', convolution(false)),
  cutToWhatIsSeen('FusedConv2D', convolution(false)),
  cutToWhatIsSeen('DepthwiseConv2dNative', convolution(true)),
];
