import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** One of our kernels, for an operation that the wasm backend lacks, computes wrongly or slowly. */
export interface Kernel {
  readonly name: string;
  /** Computes on the backend's heap; `stock` is the kernel it replaces, if any. */
  run(call: KernelCall): TensorInfo | TensorInfo[];
}

export interface KernelCall {
  readonly backend: BackendWasm;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: NamedAttrMap;
  readonly stock: KernelFunc | null;
}

/** The stock kernel that one of ours replaced; null if there was none. */
const replaced = new Map<string, KernelConfig | null>();

/** Replaces the wasm backend's kernels, and those installed before. */
export function install(kernels: readonly Kernel[]): void {
  for (const [name, stock] of replaced) {
    unregisterKernel(name, 'wasm');
    if (stock) registerKernel(stock);
  }
  replaced.clear();
  for (const kernel of kernels) register(kernel);
}

function register(kernel: Kernel): void {
  const before = (getKernel(kernel.name, 'wasm') as KernelConfig | undefined) ?? null;
  if (before) unregisterKernel(kernel.name, 'wasm');
  replaced.set(kernel.name, before);
  const stock = before?.kernelFunc ?? null;
  registerKernel({
    kernelName: kernel.name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel.run({
        backend: backend as BackendWasm,
        inputs: inputs as Record<string, TensorInfo>,
        attrs: attrs ?? {},
        stock,
      }),
  });
}

export function input(call: KernelCall, name: string): TensorInfo {
  const tensor = call.inputs[name];
  if (!tensor) throw new Error(`This kernel has no input "${name}".`);
  return tensor;
}

/** A view of the tensor's data on the heap. Growing the heap detaches it: take it after the last allocation. */
export function view(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** Runs a registered kernel by name. */
export function call(
  backend: BackendWasm,
  name: string,
  inputs: Record<string, TensorInfo>,
  attrs: NamedAttrMap,
): TensorInfo {
  const kernel = getKernel(name, 'wasm');
  if (!kernel) throw new Error(`The wasm backend has no kernel "${name}".`);
  return kernel.kernelFunc({ inputs, attrs, backend }) as TensorInfo;
}

export function dispose(backend: BackendWasm, ...tensors: TensorInfo[]): void {
  for (const tensor of tensors) backend.disposeData(tensor.dataId);
}
