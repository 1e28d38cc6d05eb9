import { util } from '@tensorflow/tfjs-core';
import { input } from '../kernels/kernel';
import type { Kernel } from '../kernels/kernel';
import type { Module } from '../module';

const FUNCTIONS = {
  Relu: 'relu',
  Relu6: 'relu6',
  Exp: 'exponential',
  Erf: 'errorFunction',
  Tanh: 'hyperbolicTangent',
} as const;

/** Unary functions. */
export const elementwise = (module: Module): Kernel[] =>
  Object.entries(FUNCTIONS).map(([name, compute]) => ({
    name,
    run: (call) => {
      const { stock, backend, inputs, attrs } = call;
      const x = input(call, 'x');
      if (x.dtype !== 'float32') return stock!({ inputs, attrs, backend });
      const y = module.backend.makeOutput(x.shape, 'float32');
      module.run[compute](util.sizeFromShape(x.shape), module.at(x), module.at(y));
      return y;
    },
  }));

/** The gradient of ReLU in one pass instead of four; see ../gradients.ts. */
export const reluGrad = (module: Module): Kernel => ({
  name: 'ReluGrad',
  run: (call) => {
    const [x, dy] = [input(call, 'x'), input(call, 'dy')];
    const dx = module.backend.makeOutput(x.shape, 'float32');
    module.run.reluGradient(util.sizeFromShape(x.shape), module.at(x), module.at(dy), module.at(dx));
    return dx;
  },
});
