import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Engine } from './engine';
import { registerGradients } from './fusedGradients';
import { kernelsOf } from './portable/kernels';
import { install } from './portable/kernels/kernel';
import { withSharedMemory } from './portable/sharedMemory';
import { threadCount } from './portable/threads';
import { stackedUpdaterOf, updaterOf } from './portable/updater';
import { availableVariants } from './portable/variants';
import type { Available } from './portable/variants';

const ASIDE = [
  // Beside the bundle.
  join(__dirname, 'wasm'),
  // In a checkout, from src/engines.
  join(__dirname, '..', '..', 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist'),
];

/** WebAssembly with our own kernels: runs everywhere. */
export const portable: Engine = {
  id: 'portable',
  title: 'Portable',
  async load(wanted) {
    const variants = await start();
    await tf.setBackend('wasm');
    const { variant, module } = variants.find((one) => one.variant === wanted?.variant) ?? variants[0]!;
    install(kernelsOf(module));
    module?.startThreads(threadCount());
    return {
      tf,
      numerics: {
        engine: 'portable',
        version: tf.version_core,
        variant,
        // Not the number of threads in use: no sum depends on it.
        threads: 1,
        execution: 'eager',
      },
      ...(module && { updater: updaterOf(module), stackedUpdater: stackedUpdaterOf(module) }),
    };
  },
};

/** Kernel variants that work here, by their names in numerics, best first. */
export const portableVariants = async () => (await start()).map(({ variant }) => variant);

let started: Promise<readonly Available[]> | null = null;

/** Once per process. */
function start(): Promise<readonly Available[]> {
  started ??= startBackend().then(availableVariants);
  return started;
}

async function startBackend(): Promise<BackendWasm> {
  const folder = ASIDE.find((candidate) => existsSync(join(candidate, 'tfjs-backend-wasm.wasm')));
  if (folder === undefined) throw new Error(`No WebAssembly binary of TensorFlow.js in ${ASIDE[0]}.`);
  setWasmPaths(folder + '/', true);
  if (!(await withSharedMemory(() => tf.setBackend('wasm'))))
    throw new Error('The WebAssembly backend of TensorFlow.js did not start.');
  const backend = tf.backend() as BackendWasm;
  guardMemory(backend);
  registerGradients();
  return backend;
}

interface Heap {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

/** The heap is limited to 4 GB: when an allocation fails, stock code gets address 0 and writes there. */
function guardMemory(backend: BackendWasm): void {
  const heap = backend.wasm as unknown as Heap;
  // The first call replaces this stub by the real function.
  heap._free(heap._malloc(8));
  const allocate = heap._malloc;
  heap._malloc = (bytes) => {
    const address = bytes < 2 ** 32 ? allocate(bytes) : 0;
    if (address === 0 && bytes > 0)
      throw new RangeError(`Out of memory: ${bytes} bytes do not fit on the WebAssembly heap.`);
    return address;
  };
}
