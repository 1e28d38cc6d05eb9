import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { UserError } from '../config/errors';
import type { TensorFlow } from '../methods/method';
import type { Protocol } from './native/graphDef';
import { NAME } from './nativePlace';

/**
 * Loads the package, which registers its backend and kernels. Its `require` of TensorFlow.js resolves to the copy already
 * loaded: two copies would share kernels and gradients by global names but have separate tensors, flags and operations.
 *
 * @throws UserError if its version differs or it does not load
 */
export function loadNative(folder: string, tf: TensorFlow): void {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: string };
  if (version !== tf.version_core)
    throw new UserError(`Native TensorFlow here is ${NAME} ${version}; Distillery needs ${tf.version_core}.`);
  restoreUtil();
  // Libtensorflow logs its CPU features to stderr at every start; warnings still appear.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  const load = createRequire(join(folder, 'package.json'));
  try {
    const union = unionOf(tf);
    for (const name of ['@tensorflow/tfjs', '@tensorflow/tfjs-core']) provide(load, name, union);
    load(folder);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`Native TensorFlow is installed but does not load (${message.split('\n')[0]}).`);
  }
}

/** The package's own protocol buffers, with which it reads saved models. */
export const protocolOf = (folder: string) =>
  createRequire(join(folder, 'package.json'))('./dist/proto/api_pb.js') as Protocol;

/**
 * What the package expects of `@tensorflow/tfjs`: core, and names of tfjs-layers that only its own `fit` uses. Its ES5
 * classes call their parent without `new`, which a class does not allow.
 */
function unionOf(tf: TensorFlow): object {
  function KernelBackend(): void {}
  KernelBackend.prototype = tf.KernelBackend.prototype;
  function CustomCallback(): void {}
  const version = { tfjs: tf.version_core, 'tfjs-core': tf.version_core };
  return { ...tf, version, KernelBackend, CustomCallback, registerCallbackConstructor: () => undefined };
}

/** Resolves a `require` to a module that is already loaded. */
function provide(load: NodeJS.Require, name: string, exports: object): void {
  const path = load.resolve(name);
  const module = new Module(path);
  load.cache[path] = Object.assign(module, { exports, filename: path, loaded: true });
}

/** Tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreUtil(): void {
  const target = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}
