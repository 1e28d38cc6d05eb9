import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Numerics } from '../../../src/config/numerics';
import { checkGradients } from '../../../src/engines/gpu/checked';
import { findWebGpu, WEBGPU } from '../../../src/engines/gpuPlace';
import { wrongOperations } from '../../../src/engines/gradients/check';

vi.mock('../../../src/engines/gradients/check');

let storage: string;
beforeEach(() => {
  storage = mkdtempSync(join(tmpdir(), 'distillery-gpu-'));
  vi.stubEnv('DISTILLERY_STORAGE', storage);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(wrongOperations).mockReset();
  rmSync(storage, { recursive: true });
});

describe('where WebGPU is looked for', () => {
  const plant = (version: string) => {
    const folder = join(storage, 'gpu', 'node_modules', 'webgpu');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
    return folder;
  };

  it('is the storage folder; what is not there says how it comes', () => {
    expect(findWebGpu).toThrow('WebGPU is not installed: distillery setup gpu brings it.');
    expect(() => (plant('0.0.1'), findWebGpu())).toThrow(
      `WebGPU here is webgpu 0.0.1; Distillery needs ${WEBGPU.version}`,
    );
    expect({ folder: plant(WEBGPU.version), version: WEBGPU.version }).toEqual(findWebGpu());
  });
});

describe('a driver', () => {
  const driver = (variant: string): Numerics => ({
    engine: 'gpu',
    version: '4.22.0, webgpu 0.6.2',
    variant,
    threads: 1,
    execution: 'eager',
  });

  it('is checked once, another one by itself', async () => {
    vi.mocked(wrongOperations).mockResolvedValue([]);
    for (const variant of ['one', 'one', 'two']) await checkGradients(tf, driver(variant));
    expect(wrongOperations).toHaveBeenCalledTimes(2);
  });

  it('that computes wrongly is refused, now and later', async () => {
    vi.mocked(wrongOperations).mockResolvedValue(['dense', 'softmax']);
    for (let time = 0; time < 2; time++)
      await expect(checkGradients(tf, driver('wrong'))).rejects.toThrow(
        /^wrong computes 2 of \d+ operations wrongly \(dense; softmax\), so it is not used\..* distillery setup gpu/,
      );
    expect(wrongOperations).toHaveBeenCalledTimes(1);
  });

  it('is checked again where what was remembered is torn', async () => {
    vi.mocked(wrongOperations).mockResolvedValue([]);
    await checkGradients(tf, driver('one'));
    const folder = join(storage, 'gpu', 'checked');
    writeFileSync(join(folder, readdirSync(folder)[0]!), '{');
    await checkGradients(tf, driver('one'));
    expect(wrongOperations).toHaveBeenCalledTimes(2);
  });
});
