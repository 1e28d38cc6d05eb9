import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { call, dispose } from './kernel';

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Whether XNNPACK multiplies it: a single matrix, possibly with leading dimensions of 1. */
export const isOneMatrix = (tensor: TensorInfo) => size(tensor.shape.slice(0, -2)) === 1;

/** A new tensor with the last two dimensions swapped. */
export function transposed(backend: BackendWasm, x: TensorInfo): TensorInfo {
  const perm = x.shape.map((_, axis) => axis);
  perm.push(...perm.splice(-2).reverse());
  return call(backend, 'Transpose', { x }, { perm });
}

/** a · b of two matrices, on XNNPACK. */
export function multiply(backend: BackendWasm, a: TensorInfo, b: TensorInfo): TensorInfo {
  return call(backend, 'BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
}

/** The same data in another shape; shared, so dispose of both. */
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
