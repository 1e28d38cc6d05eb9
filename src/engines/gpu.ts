import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { Numerics } from '../config/numerics';
import type { Engine } from './engine';
import { mendKernels } from './gpu/mended';
import { checkGradients } from './gpu/checked';
import { findWebGpu } from './gpuPlace';
import { BACKEND, startBackend } from './gpu/start';
import { tensorUpdater } from './gpu/updater';

/**
 * WebGPU through Dawn. Some graphics drivers compute wrong results, so a driver is used only after the gradient suite has
 * passed on it.
 */
export const gpu: Engine = {
  id: 'gpu',
  title: 'GPU',
  async load() {
    const numerics = await (started ??= start());
    await tf.setBackend(BACKEND);
    return { tf, numerics, updater: tensorUpdater };
  },
};

/** Once per process: a second device would be another backend, and its kernels would be patched twice. */
let started: Promise<Numerics> | null = null;

async function start(): Promise<Numerics> {
  const { folder, version } = findWebGpu();
  const { driver } = await startBackend(folder);
  mendKernels();
  const numerics = {
    engine: 'gpu',
    version: `${tf.version_core}, webgpu ${version}`,
    variant: driver,
    threads: 1,
    execution: 'eager',
  } as const;
  await checkGradients(tf, numerics);
  return numerics;
}
