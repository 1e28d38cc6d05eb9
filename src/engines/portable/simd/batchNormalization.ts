import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { input } from '../kernels/kernel';
import type { Kernel } from '../kernels/kernel';
import type { Module } from '../module';

/** (x − mean) / √(variance + ε) · scale + offset over the last axis. */
export const fusedBatchNorm = (module: Module): Kernel => ({
  name: 'FusedBatchNorm',
  run: (call) => {
    const { backend, inputs, attrs, stock } = call;
    const [x, mean, variance] = [input(call, 'x'), input(call, 'mean'), input(call, 'variance')];
    if (mean.shape.length !== 1 || util.sizeFromShape(x.shape) === 0)
      return stock!({ inputs, attrs, backend });
    const channels = mean.shape[0]!;
    const y = module.backend.makeOutput(x.shape, 'float32');
    const factors = module.room('factors', channels);
    module.run.batchNorm(
      util.sizeFromShape(x.shape) / channels,
      channels,
      module.at(x),
      module.at(mean),
      module.at(variance),
      module.atOrNull(inputs['offset']),
      module.atOrNull(inputs['scale']),
      attrs['varianceEpsilon'] as number,
      module.at(y),
      factors,
    );
    return y;
  },
});

/** Gradients of x, mean, variance, offset and scale, in this order; see ../gradients.ts. */
export const fusedBatchNormGrad = (module: Module): Kernel => ({
  name: 'FusedBatchNormGrad',
  run: (call) => {
    const { inputs, attrs } = call;
    const [x, dy] = [input(call, 'x'), input(call, 'dy')];
    const [mean, variance] = [input(call, 'mean'), input(call, 'variance')];
    const channels = mean.shape[0]!;
    const make = (shape: number[]): TensorInfo => module.backend.makeOutput(shape, 'float32');
    const outputs = [make(x.shape), ...Array.from({ length: 4 }, () => make(mean.shape))];
    const factors = module.room('factors', channels);
    const [dx, dMean, dVariance, dOffset, dScale] = outputs.map((out) => module.at(out));
    module.run.batchNormGradient(
      util.sizeFromShape(x.shape) / channels,
      channels,
      module.at(x),
      module.at(dy),
      module.at(mean),
      module.at(variance),
      module.atOrNull(inputs['scale']),
      attrs['varianceEpsilon'] as number,
      dx!,
      dMean!,
      dVariance!,
      dOffset!,
      dScale!,
      factors,
    );
    return outputs;
  },
});
