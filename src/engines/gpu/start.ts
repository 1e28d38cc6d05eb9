import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../config/errors';

export const BACKEND = 'webgpu';

/** The part of WebGPU used before TensorFlow.js initialises the rest. */
interface Adapter {
  info: {
    vendor: string;
    architecture: string;
    device: string;
    description: string;
    isFallbackAdapter: boolean;
  };
}
interface WebGpu {
  create: (flags: readonly string[]) => { requestAdapter(options: object): Promise<Adapter | null> };
  globals: object;
}

/**
 * Starts TensorFlow.js' WebGPU backend on the fastest graphics processor.
 *
 * @param folder of the package `webgpu`
 * @returns the device's name
 * @throws UserError if there is only a software device, which only tests allow
 */
export async function startBackend(folder: string): Promise<{ driver: string }> {
  const { create, globals } = (await import(pathToFileURL(join(folder, 'index.js')).href)) as WebGpu;
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new UserError('There is no graphics processor here that WebGPU could use.');
  const { info } = adapter;
  const driver = [info.vendor, info.architecture, info.description].filter(Boolean).join(' ');
  if (info.isFallbackAdapter && process.env['DISTILLERY_SOFTWARE_GPU'] !== '1')
    throw new UserError(`WebGPU finds no graphics processor here, only one in software (${driver}).`);
  Object.assign(globalThis, globals);
  // The backend looks for WebGPU where a page has it.
  const navigator = { gpu, userAgent: `Node ${process.versions.node}` };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend(BACKEND))) throw new UserError(`WebGPU did not start on ${driver}.`);
  return { driver };
}
