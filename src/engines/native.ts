import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
// The only tensor method that a kernel of tfjs-node calls.
import '@tensorflow/tfjs-core/dist/public/chained_ops/to_float';
import { UserError } from '../config/errors';
import type { Engine } from './engine';
import { registerGradients } from './fusedGradients';
import type { NativeBackend } from './native/binding';
import { compile } from './native/compile';
import { configuration, configure } from './native/configuration';
import { registerNativeKernels } from './native/kernels';
import { loadNative, protocolOf } from './nativePackage';
import { findNative } from './nativePlace';

/** Libtensorflow through @tensorflow/tfjs-node, which registers its backend with the one tfjs-core of this process. */
export const native: Engine = {
  id: 'native',
  title: 'Native TensorFlow',
  async load(wanted) {
    if (tf.findBackendFactory('tensorflow') === null) {
      configure(wanted ?? configuration());
      loadNative(findNative(), tf);
      registerNativeKernels();
      registerGradients();
    }
    if (tf.findBackendFactory('tensorflow') === null || !(await tf.setBackend('tensorflow')))
      throw new UserError('Native TensorFlow is installed but did not start.');
    const backend = tf.backend() as NativeBackend;
    const protocol = protocolOf(findNative());
    return {
      tf,
      numerics: {
        engine: 'native',
        version: `${tf.version_core}, libtensorflow ${backend.binding.TF_Version}`,
        ...configuration(),
        execution: 'graph',
      },
      compile: (definition) => compile(backend, protocol, definition),
    };
  },
};
