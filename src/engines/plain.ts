import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-cpu';
import type { Engine } from './engine';
import { averagePoolGradient, poolInfo } from './pooling';

/** Plain JavaScript: the fallback, 25 to 40 times slower than portable. */
export const plain: Engine = {
  id: 'plain',
  title: 'Plain JavaScript',
  async load() {
    mend();
    // Otherwise it prints a recommendation of tfjs-node.
    tf.enableProdMode();
    if (!(await tf.setBackend('cpu')))
      throw new Error('The JavaScript backend of TensorFlow.js did not start.');
    return {
      tf,
      numerics: {
        engine: 'plain',
        version: tf.version_core,
        variant: 'javascript',
        threads: 1,
        execution: 'eager',
      },
    };
  },
};

/** The stock gradient of average pooling is wrong at padded borders, as in the wasm backend. */
function mend(): void {
  tf.unregisterKernel('AvgPoolGrad', 'cpu');
  tf.registerKernel({
    kernelName: 'AvgPoolGrad',
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dy, input } = inputs as Record<'dy' | 'input', TensorInfo>;
      const cpu = backend as MathBackendCPU;
      const info = poolInfo(input, attrs ?? {});
      const dx = new Float32Array(input.shape.reduce((a, b) => a * b, 1));
      averagePoolGradient(info, cpu.data.get(dy.dataId).values as Float32Array, dx);
      return cpu.makeTensorInfo(input.shape, 'float32', dx);
    },
  });
}
