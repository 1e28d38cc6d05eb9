import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** A kernel of ours, in the place of one that the wasm backend lacks, gets wrong or does slowly. */
export interface Kernel {
  readonly name: string;
  /** Computes on the heap of the backend; `stock` is the kernel that it replaces, where there was one. */
  run(call: KernelCall): TensorInfo | TensorInfo[];
}

export interface KernelCall {
  readonly backend: BackendWasm;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: NamedAttrMap;
  readonly stock: KernelFunc | null;
}

/** What stood where one of ours stands now; null where nothing did. */
const replaced = new Map<string, KernelConfig | null>();

/** Puts kernels in the place of the wasm backend's own, and of those that were installed before. */
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

/** The tensor's numbers where they lie. Growing the heap detaches the view: take it after the last allocation. */
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
