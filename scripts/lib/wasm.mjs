// The WebAssembly files next to the bundles, in a folder "wasm".
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ARTEFACTS, VARIANTS } from './kernels.mjs';

const backend = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));

/** Those of the backend, and the portable engine's kernels. */
export const wasmFiles = [
  ...['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((file) => join(backend, 'dist', file)),
  ...VARIANTS.map(({ file }) => join(ARTEFACTS, file)),
];
