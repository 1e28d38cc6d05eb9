import { batchMatMul } from './kernels/batchMatMul';
import { conv2dBackpropFilter, conv2dBackpropInput } from './kernels/conv2dGradients';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './kernels/depthwiseGradients';
import { identity } from './kernels/identity';
import type { Kernel } from './kernels/kernel';
import { avgPoolGrad, maxPoolGrad } from './kernels/poolGradients';
import { windowed } from './kernels/samePadding';
import { sumOfNothing } from './kernels/sumOfNothing';
import { unsortedSegmentSum } from './kernels/unsortedSegmentSum';
import type { Module } from './module';
import * as batchNormalization from './simd/batchNormalization';
import * as conv2d from './simd/conv2d';
import * as depthwise from './simd/depthwise';
import { elementwise, reluGrad } from './simd/elementwise';
import * as matMul from './simd/matMul';
import * as pooling from './simd/pooling';
import * as sums from './simd/sums';
import * as segments from './simd/unsortedSegmentSum';

/** JavaScript kernels on top of the backend's, used where the module does not run. */
const fallBack: readonly Kernel[] = [
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  avgPoolGrad,
  ...windowed,
  unsortedSegmentSum,
  sumOfNothing,
  identity,
];

/** The kernels that replace the backend's. */
export function kernelsOf(module: Module | null): readonly Kernel[] {
  if (module === null) return fallBack;
  const files = [batchNormalization, conv2d, depthwise, matMul, pooling, sums, segments, { reluGrad }];
  const ours = [
    ...files.flatMap((file) => Object.values(file)).map((make) => make(module)),
    ...elementwise(module),
  ];
  const names = new Set(ours.map(({ name }) => name));
  return [...ours, ...fallBack.filter(({ name }) => !names.has(name))];
}
