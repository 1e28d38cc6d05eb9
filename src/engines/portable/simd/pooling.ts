import { poolInfo } from '../../pooling';
import { input } from '../kernels/kernel';
import type { Kernel } from '../kernels/kernel';
import type { Module } from '../module';
import { writeWindows } from './windows';

export const maxPool = (module: Module): Kernel => ({
  name: 'MaxPool',
  run: (call) => {
    const x = input(call, 'x');
    const info = poolInfo(x, call.attrs);
    const y = module.backend.makeOutput(info.outShape, 'float32');
    const windows = writeWindows(module, info);
    module.run.maxPool(windows, module.at(x), module.at(y));
    return y;
  },
});

export const maxPoolGrad = (module: Module): Kernel => ({
  name: 'MaxPoolGrad',
  run: (call) => {
    const [x, y, dy] = [input(call, 'input'), input(call, 'output'), input(call, 'dy')];
    const dx = module.backend.makeOutput(x.shape, 'float32');
    const windows = writeWindows(module, poolInfo(x, call.attrs));
    module.run.maxPoolGradient(windows, module.at(x), module.at(y), module.at(dy), module.at(dx));
    return dx;
  },
});

export const avgPoolGrad = (module: Module): Kernel => ({
  name: 'AvgPoolGrad',
  run: (call) => {
    const [x, dy] = [input(call, 'input'), input(call, 'dy')];
    const dx = module.backend.makeOutput(x.shape, 'float32');
    const windows = writeWindows(module, poolInfo(x, call.attrs));
    module.run.averagePoolGradient(windows, module.at(dy), module.at(dx));
    return dx;
  },
});
