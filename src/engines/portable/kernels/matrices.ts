import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { call, dispose } from './kernel';

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** True for what XNNPACK multiplies: one matrix, whatever dimensions of 1 stand before it. */
export const isOneMatrix = (tensor: TensorInfo) => size(tensor.shape.slice(0, -2)) === 1;

/** A new tensor: the last two dimensions exchanged. */
export function transposed(backend: BackendWasm, x: TensorInfo): TensorInfo {
  const perm = x.shape.map((_, axis) => axis);
  perm.push(...perm.splice(-2).reverse());
  return call(backend, 'Transpose', { x }, { perm });
}

/** a · b of two matrices, on XNNPACK. */
export function multiply(backend: BackendWasm, a: TensorInfo, b: TensorInfo): TensorInfo {
  return call(backend, 'BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
}

/** The same numbers in another shape; shares the data, so dispose of both. */
export function reshaped(backend: BackendWasm, x: TensorInfo, shape: number[]): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, dtype: x.dtype, shape };
}

/** a · bᵀ. */
export function multiplyByTransposed(backend: BackendWasm, a: TensorInfo, b: TensorInfo): TensorInfo {
  const right = transposed(backend, b);
  const product = multiply(backend, a, right);
  dispose(backend, right);
  return product;
}
