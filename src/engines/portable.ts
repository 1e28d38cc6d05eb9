import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Engine } from './engine';
import { registerKernels } from './portable/kernels';

const ASIDE = [
  // Beside the bundle.
  join(__dirname, 'wasm'),
  // In a checkout, from src/engines.
  join(__dirname, '..', '..', 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist'),
];

/** WebAssembly on one thread, with gradients of our own: runs everywhere. */
export const portable: Engine = {
  id: 'portable',
  title: 'Portable',
  async load() {
    if (!started) await start();
    else await tf.setBackend('wasm');
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return {
      tf,
      numerics: {
        engine: 'portable',
        version: tf.version_core,
        variant: simd ? 'wasm-simd' : 'wasm',
        threads: 1,
        execution: 'eager',
      },
    };
  },
};

let started = false;

async function start(): Promise<void> {
  const folder = ASIDE.find((candidate) => existsSync(join(candidate, 'tfjs-backend-wasm.wasm')));
  if (folder === undefined) throw new Error(`No WebAssembly binary of TensorFlow.js in ${ASIDE[0]}.`);
  setWasmPaths(folder + '/');
  if (!(await tf.setBackend('wasm')))
    throw new Error('The WebAssembly backend of TensorFlow.js did not start.');
  guardMemory(tf.backend() as BackendWasm);
  registerKernels();
  started = true;
}

interface Heap {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

/** The heap ends at 4 GB at most: beyond, stock code gets address 0 and writes there. */
function guardMemory(backend: BackendWasm): void {
  const heap = backend.wasm as unknown as Heap;
  // The first call replaces the function by what it stands for.
  heap._free(heap._malloc(8));
  const allocate = heap._malloc;
  heap._malloc = (bytes) => {
    const address = bytes < 2 ** 32 ? allocate(bytes) : 0;
    if (address === 0 && bytes > 0)
      throw new RangeError(`Out of memory: ${bytes} bytes do not fit on the WebAssembly heap.`);
    return address;
  };
}
