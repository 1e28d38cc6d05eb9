import { batchMatMul } from './kernels/batchMatMul';
import { conv2dBackpropFilter, conv2dBackpropInput } from './kernels/conv2dGradients';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './kernels/depthwiseGradients';
import { register } from './kernels/kernel';
import { avgPoolGrad, maxPoolGrad } from './kernels/poolGradients';
import { windowed } from './kernels/samePadding';
import { unsortedSegmentSum } from './kernels/unsortedSegmentSum';

const kernels = [
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  avgPoolGrad,
  ...windowed,
  unsortedSegmentSum,
];

/** Puts our kernels in the place of the wasm backend's own; once a process. */
export function registerKernels(): void {
  for (const kernel of kernels) register(kernel);
}
