import { registerKernel } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeBackend } from './binding';

/** TensorFlow's fused kernels for gradients that tfjs-core composes of many operations; once per process. */
export function registerNativeKernels(): void {
  registerKernel({
    kernelName: 'ReluGrad',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, backend }) => {
      const { dy, x } = inputs as Record<'dy' | 'x', TensorInfo>;
      const native = backend as NativeBackend;
      const { TF_ATTR_TYPE, TF_FLOAT } = native.binding;
      return native.executeSingleOutput(
        'ReluGrad',
        [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }],
        [dy, x],
      );
    },
  });
}
