import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** A tensor of libtensorflow. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

export interface OperationAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** The part of tfjs-node's binding (tfjs_binding.d.ts) that graphs need. */
export interface Binding {
  executeOp(
    name: string,
    attributes: OperationAttribute[],
    inputs: number[],
    outputs: number,
  ): TensorMetadata[];
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(model: number, inputs: number[], inputNames: string, outputNames: string): TensorMetadata[];
  deleteSavedModel(model: number): void;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_Version: string;
}

/** tfjs-node's backend. */
export interface NativeBackend extends KernelBackend {
  binding: Binding;
  /** Ids of tensors; those that exist only in JavaScript are uploaded first. */
  getInputTensorIds(tensors: readonly (TensorInfo & { dataId: DataId })[]): number[];
  executeSingleOutput(
    name: string,
    attributes: OperationAttribute[],
    inputs: readonly TensorInfo[],
  ): TensorInfo;
}
