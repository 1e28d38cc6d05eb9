import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { UserError } from '../config/errors';
import type { Engine } from './engine';
import type { NativeBackend } from './native/binding';
import { compile } from './native/compile';
import type { Protocol } from './native/graphDef';

interface NativeModule {
  version: { 'tfjs-core': string; 'tfjs-node': string };
  protocol: Protocol;
}

/** libtensorflow through @tensorflow/tfjs-node, which registers its backend with the one tfjs-core of this process. */
export const native: Engine = {
  id: 'native',
  title: 'Native TensorFlow',
  async load() {
    const module = requireNative();
    if (module.version['tfjs-core'] !== tf.version_core)
      throw new UserError(
        `Native TensorFlow brings TensorFlow.js ${module.version['tfjs-core']}; Distillery needs ${tf.version_core}.`,
      );
    if (tf.findBackendFactory('tensorflow') === null || !(await tf.setBackend('tensorflow')))
      throw new UserError('Native TensorFlow is installed but did not start.');
    const backend = tf.backend() as NativeBackend;
    return {
      tf,
      numerics: {
        engine: 'native',
        version: `${tf.version_core}, libtensorflow ${backend.binding.TF_Version}`,
        variant: 'libtensorflow',
        threads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism()),
        execution: 'graph',
      },
      compile: (definition) => compile(backend, module.protocol, definition),
    };
  },
};

function requireNative(): NativeModule {
  const load = createRequire(join(__dirname, 'native.js'));
  try {
    load.resolve('@tensorflow/tfjs-node');
  } catch {
    throw new UserError('Native TensorFlow is not installed.');
  }
  restoreUtil();
  // Libtensorflow greets on stderr at every start; warnings still come through.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  try {
    const { version } = load('@tensorflow/tfjs-node') as Pick<NativeModule, 'version'>;
    const protocol = load('@tensorflow/tfjs-node/dist/proto/api_pb') as Protocol;
    return { version, protocol };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Its install script was not run, or could not fetch libtensorflow: the usual case, whose own message is long.
    if (/tfjs_binding\.node.*not be found|not be found.*tfjs_binding\.node/s.test(message))
      throw new UserError('Native TensorFlow is installed without its binding (tfjs_binding.node).');
    throw new UserError(`Native TensorFlow is installed but does not load (${message.split('\n')[0]}).`);
  }
}

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreUtil(): void {
  const target = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}
