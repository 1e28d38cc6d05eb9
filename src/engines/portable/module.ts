import { readFileSync } from 'node:fs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { IN_PARTS } from './exports';
import type { Arguments, Exports, InParts } from './exports';
import { Threads, WORDS } from './threads';
import type { Address } from './threads';

export type { Address } from './threads';

/** Number of multiplications above which more threads are worthwhile. */
const ENOUGH = 5_000_000;

interface Heap {
  _malloc(bytes: number): Address;
  _free(address: Address): void;
  readonly HEAPU8: Uint8Array;
  readonly asm: { memory: WebAssembly.Memory };
}

/** Our kernels, compiled from C, on the heap of the wasm backend. */
export class Module {
  readonly run: Exports;
  private readonly kernels: Readonly<Record<keyof InParts, (...args: number[]) => void>>;
  private readonly heap: Heap;
  private readonly module: WebAssembly.Module;
  private readonly rooms = new Map<string, { address: Address; bytes: number }>();
  private threads: Threads | null = null;

  /**
   * @throws WebAssembly.CompileError if the instructions are not supported, WebAssembly.LinkError if the memory is not
   *   shared
   */
  constructor(
    readonly backend: BackendWasm,
    file: string,
  ) {
    this.heap = backend.wasm as unknown as Heap;
    const { memory } = this.heap.asm;
    this.module = new WebAssembly.Module(readFileSync(file));
    const { exports } = new WebAssembly.Instance(this.module, { env: { memory } });
    this.run = exports as unknown as Exports;
    this.kernels = exports as unknown as Record<keyof InParts, (...args: number[]) => void>;
  }

  /** Starts more threads, without waiting for them. */
  startThreads(count: number): void {
    if (count === 1 || this.threads) return;
    const bytes = 4 * this.run.workspaceSize();
    const workspaces = Array.from({ length: count }, () => this.allocate(bytes));
    const block = this.allocate(4 * WORDS);
    this.threads = new Threads(this.module, this.heap.asm.memory, block, IN_PARTS, workspaces);
  }

  /** The most parts of a call: a kernel needs that many separate workspaces. */
  get parts(): number {
    return this.threads?.parts ?? 1;
  }

  /** Whether more than one thread is ready. */
  get isThreaded(): boolean {
    return this.threads?.ready ?? false;
  }

  /**
   * Runs a kernel, on all threads if it is large enough; the result is the same either way.
   *
   * @param products number of multiplications
   */
  inParts<Kernel extends keyof InParts>(kernel: Kernel, products: number, ...args: Arguments<Kernel>): void {
    const compute = (workspace: Address, part: number, parts: number) =>
      this.kernels[kernel](...args, workspace, part, parts);
    if (products >= ENOUGH && this.threads?.ready) this.threads.run(kernel, args, compute);
    else compute(this.room('workspace', this.run.workspaceSize()), 0, 1);
  }

  /** Address of a tensor's data. */
  at(tensor: TensorInfo): Address {
    // Declared as a promise, but it is a number.
    return this.backend.getMemoryOffset(tensor.dataId);
  }

  /** The same, or 0 for null. */
  atOrNull(tensor: TensorInfo | null | undefined): Address {
    return tensor ? this.at(tensor) : 0;
  }

  /** Scratch memory for a kernel; kept for the next call, so that the heap does not grow. */
  room(name: string, floats: number): Address {
    const bytes = 4 * Math.max(1, floats);
    const kept = this.rooms.get(name);
    if (kept && kept.bytes >= bytes) return kept.address;
    if (kept) this.free(kept.address);
    this.rooms.delete(name);
    const address = this.allocate(bytes);
    this.rooms.set(name, { address, bytes });
    return address;
  }

  allocate(bytes: number): Address {
    return this.heap._malloc(bytes) >>> 0;
  }

  free(address: Address): void {
    this.heap._free(address);
  }

  /** A new view each time: growing the heap detaches views. */
  floats(address: Address, count: number): Float32Array {
    return new Float32Array(this.heap.HEAPU8.buffer, address, count);
  }

  integers(address: Address, count: number): Int32Array {
    return new Int32Array(this.heap.HEAPU8.buffer, address, count);
  }
}
