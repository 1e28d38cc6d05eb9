import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { Module } from './module';

/** Kernel variants. Their results differ in bits, so a run keeps to one. */
export type Variant =
  /** Our C kernels with fused multiply-add. */
  | 'wasm-relaxed-simd-fma'
  /** Our C kernels. */
  | 'wasm-simd-kernels'
  /** Our JavaScript kernels on top of the backend's. */
  | 'wasm-simd'
  /** The same without SIMD. */
  | 'wasm';

export interface Available {
  readonly variant: Variant;
  /** Null for the JavaScript kernels. */
  readonly module: Module | null;
}

const FOLDERS = [
  // Beside the bundle.
  join(__dirname, 'wasm'),
  // In a checkout.
  join(__dirname, 'artefacts'),
];

/** (module (func (result v128) (f32x4.relaxed_madd (0 …) (0 …) (0 …)))), in short. */
const RELAXED = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 17, 65, 0, 253, 17, 65, 0, 253, 17, 253, 133, 2, 11],
);

/** Variants that work in this process, best first. */
export async function availableVariants(backend: BackendWasm): Promise<readonly Available[]> {
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) return [{ variant: 'wasm', module: null }];
  const relaxed = WebAssembly.validate(RELAXED) ? load(backend, 'distillery-relaxed-simd.wasm') : null;
  const plain = load(backend, 'distillery-simd.wasm');
  return [
    ...(relaxed && roundsOnce(relaxed)
      ? [{ variant: 'wasm-relaxed-simd-fma', module: relaxed } as const]
      : []),
    ...(plain ? [{ variant: 'wasm-simd-kernels', module: plain } as const] : []),
    { variant: 'wasm-simd', module: null },
  ];
}

function load(backend: BackendWasm, name: string): Module | null {
  const file = FOLDERS.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (file === undefined) return null;
  try {
    return new Module(backend, file);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return null;
    throw error;
  }
}

/** (1 + 2⁻¹²)² − (1 + 2⁻¹¹) is 2⁻²⁴; rounding the product first loses it. */
const roundsOnce = ({ run }: Module) =>
  run.multiplyAdd(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)) === 2 ** -24;
