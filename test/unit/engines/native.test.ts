import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { native } from '../../../src/engines/native';
import { findNative } from '../../../src/engines/nativePlace';
import { hasNative } from './present';

describe.runIf(hasNative())('native', () => {
  it('computes with the tfjs-core that is here, and brings no other', async () => {
    const loaded = await native.load();
    expect(loaded.tf).toBe(tf);
    expect(tf.getBackend()).toBe('tensorflow');
    const load = createRequire(join(findNative(), 'package.json'));
    const theirs = load('@tensorflow/tfjs') as typeof tf;
    expect(theirs.Tensor).toBe(tf.Tensor);
    // A second copy would have loaded its parts; the place of the first is held by what was given.
    const files = Object.keys(load.cache).filter((file) => /tfjs-(core|layers|backend-cpu)\b/.test(file));
    expect(files).toEqual([load.resolve('@tensorflow/tfjs-core')]);
    expect((load('@tensorflow/tfjs-core') as typeof tf).Tensor).toBe(tf.Tensor);
  });

  it('says what it is', async () => {
    const { numerics } = await native.load();
    expect(numerics).toMatchObject({ engine: 'native', variant: 'libtensorflow', execution: 'graph' });
    expect(numerics.version).toMatch(/^4\.22\.0, libtensorflow 2\.\d+\.\d+$/);
  });

  it('takes whole numbers where a kernel turns them into floats', async () => {
    await native.load();
    expect(tf.exp(tf.tensor1d([0, 1], 'int32')).dataSync()[1]).toBeCloseTo(Math.E, 5);
  });
});

describe('where native is looked for', () => {
  let storage: string;
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), 'distillery-storage-'));
    vi.stubEnv('DISTILLERY_STORAGE', storage);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(storage, { recursive: true });
  });

  it('is the storage folder, where nothing is beside the program', () => {
    expect(() => findNative()).toThrow('Native TensorFlow is not installed.');
    const folder = join(storage, 'native', 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    expect(() => findNative()).toThrow(/without its binding/);
    mkdirSync(join(folder, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
    expect(findNative()).toBe(folder);
  });
});
