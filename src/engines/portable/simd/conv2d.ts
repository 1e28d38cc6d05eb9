import { backend_util, util } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { input } from '../kernels/kernel';
import type { Kernel, KernelCall } from '../kernels/kernel';
import type { Address, Module } from '../module';
import { activated } from './activation';
import { writeBackWindows, writeWindows } from './windows';

type Quad = [number, number, number, number];
type Info = backend_util.Conv2DInfo;

function infoOf(inputShape: number[], filterShape: number[], attrs: NamedAttrMap): Info {
  const { strides, dilations, pad, dataFormat, dimRoundingMode } = attrs as {
    strides: number | [number, number];
    dilations?: number | [number, number] | null;
    pad: 'valid' | 'same' | number;
    dataFormat: 'NHWC' | 'NCHW';
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  if (dataFormat !== 'NHWC') throw new Error(`Convolutions take NHWC here, not ${dataFormat}.`);
  const [x, filter] = [inputShape as Quad, filterShape as Quad];
  return backend_util.computeConv2DInfo(x, filter, strides, dilations ?? 1, pad, dimRoundingMode);
}

/** Number of multiplications of a convolution, and of each of its gradients. */
const productsOf = (info: Info) =>
  util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth * info.inChannels;

function convolve(module: Module, call: KernelCall, bias: Address, activation: number): TensorInfo {
  const [x, filter] = [input(call, 'x'), input(call, 'filter')];
  const info = infoOf(x.shape, filter.shape, call.attrs);
  const y = module.backend.makeOutput(info.outShape, 'float32');
  const windows = writeWindows(module, info);
  module.inParts(
    'conv2d',
    productsOf(info),
    windows,
    module.at(x),
    module.at(filter),
    info.outChannels,
    module.at(y),
    bias,
    activation,
  );
  return y;
}

export const conv2d = (module: Module): Kernel => ({
  name: 'Conv2D',
  run: (call) => convolve(module, call, 0, 0),
});

/** With bias, [outChannels], and activation. */
export const fusedConv2d = (module: Module): Kernel => ({
  name: 'FusedConv2D',
  run: (call) =>
    activated(call, (activation) => convolve(module, call, module.atOrNull(call.inputs['bias']), activation)),
});

export const conv2dBackpropFilter = (module: Module): Kernel => ({
  name: 'Conv2DBackpropFilter',
  run: (call) => {
    const [x, dy] = [input(call, 'x'), input(call, 'dy')];
    const info = infoOf(x.shape, call.attrs['filterShape'] as number[], call.attrs);
    const out = module.backend.makeOutput(info.filterShape, 'float32');
    const windows = writeWindows(module, info);
    module.inParts(
      'conv2dFilterGradient',
      productsOf(info),
      windows,
      module.at(x),
      module.at(dy),
      info.outChannels,
      module.at(out),
    );
    return out;
  },
});

export const conv2dBackpropInput = (module: Module): Kernel => ({
  name: 'Conv2DBackpropInput',
  run: (call) => {
    const [dy, filter] = [input(call, 'dy'), input(call, 'filter')];
    const info = infoOf(call.attrs['inputShape'] as number[], filter.shape, call.attrs);
    const out = module.backend.makeOutput(info.inShape, 'float32');
    const windows = writeWindows(module, info);
    const patch = info.filterHeight * info.filterWidth * info.inChannels;
    const { inChannels, outChannels } = info;
    const [atDy, atFilter, atOut] = [module.at(dy), module.at(filter), module.at(out)];
    const products = productsOf(info);
    if (info.strideHeight === 1 && info.strideWidth === 1) {
      const back = writeBackWindows(module, info);
      const turned = module.room('turned filter', patch * outChannels);
      module.run.turnFilter(windows, atFilter, outChannels, turned);
      module.inParts('conv2dInputGradient', products, back, atDy, turned, inChannels, atOut);
    } else {
      const patches = module.room('patches', info.outHeight * info.outWidth * patch * module.parts);
      const from = [windows, atDy, atFilter, outChannels] as const;
      module.inParts('conv2dInputGradientStrided', products, ...from, atOut, patches);
    }
    return out;
  },
});
