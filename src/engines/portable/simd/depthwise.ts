import { util } from '@tensorflow/tfjs-core';
import { depthwiseInfo } from '../kernels/depthwiseGradients';
import { input } from '../kernels/kernel';
import type { Kernel } from '../kernels/kernel';
import type { Module } from '../module';
import { writeWindows } from './windows';

export const depthwiseBackpropFilter = (module: Module): Kernel => ({
  name: 'DepthwiseConv2dNativeBackpropFilter',
  run: (call) => {
    const [x, dy] = [input(call, 'x'), input(call, 'dy')];
    const filterShape = call.attrs['filterShape'] as number[];
    const info = depthwiseInfo(x.shape, filterShape, call.attrs);
    const out = module.backend.makeOutput(filterShape, 'float32');
    const windows = writeWindows(module, info);
    const part = module.room('part', util.sizeFromShape(filterShape));
    const multiplier = info.outChannels / info.inChannels;
    module.run.depthwiseFilterGradient(
      windows,
      multiplier,
      module.at(x),
      module.at(dy),
      module.at(out),
      part,
    );
    return out;
  },
});

export const depthwiseBackpropInput = (module: Module): Kernel => ({
  name: 'DepthwiseConv2dNativeBackpropInput',
  run: (call) => {
    const [dy, filter] = [input(call, 'dy'), input(call, 'filter')];
    const info = depthwiseInfo(call.attrs['inputShape'] as number[], filter.shape, call.attrs);
    const out = module.backend.makeOutput(info.inShape, 'float32');
    const windows = writeWindows(module, info);
    const multiplier = info.outChannels / info.inChannels;
    module.run.depthwiseInputGradient(windows, multiplier, module.at(dy), module.at(filter), module.at(out));
    return out;
  },
});
