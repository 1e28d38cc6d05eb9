import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { findNative } from '../../../src/engines/nativePlace';
import type { Stock } from './stock';

/** The package with the TensorFlow.js that npm put beside it: nothing of ours but where it is found. */
export function stockNode(): Stock {
  const folder = findNative();
  // It calls two functions that Node 23 removed.
  const target = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
  return createRequire(join(folder, 'package.json'))(folder) as Stock;
}

/** The WebAssembly backend without our kernels. */
export async function stockWasm(): Promise<Stock> {
  const core = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-core/dist/register_all_gradients');
  await import('@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops');
  const { layers, sequential } = await import('@tensorflow/tfjs-layers');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${join(__dirname, 'wasm')}/`);
  if (!(await core.setBackend('wasm'))) throw new Error('The WebAssembly backend did not start.');
  return { ...core, layers, sequential };
}
