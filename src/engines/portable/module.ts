import { readFileSync } from 'node:fs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { Threads, WORDS } from './threads';
import type { Address } from './threads';

export type { Address } from './threads';

/** Those that compute one of so many parts of their result. The workspace is what a matrix product packs into. */
interface InParts {
  matMul(
    count: number,
    rows: number,
    columns: number,
    depth: number,
    a: Address,
    stepA: number,
    transposeA: number,
    b: Address,
    stepB: number,
    transposeB: number,
    c: Address,
    bias: Address,
    activation: number,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2d(
    windows: Address,
    x: Address,
    filter: Address,
    outChannels: number,
    y: Address,
    bias: Address,
    activation: number,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2dFilterGradient(
    windows: Address,
    x: Address,
    dy: Address,
    outChannels: number,
    dFilter: Address,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2dInputGradient(
    back: Address,
    dy: Address,
    turned: Address,
    channels: number,
    dx: Address,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
  conv2dInputGradientStrided(
    windows: Address,
    dy: Address,
    filter: Address,
    outChannels: number,
    dx: Address,
    patches: Address,
    workspace: Address,
    part: number,
    parts: number,
  ): void;
}

const IN_PARTS = [
  'matMul',
  'conv2d',
  'conv2dFilterGradient',
  'conv2dInputGradient',
  'conv2dInputGradientStrided',
] as const satisfies (keyof InParts)[];

/** A call without what is the part's own. */
type Arguments<Kernel extends keyof InParts> =
  Parameters<InParts[Kernel]> extends [...infer Rest extends number[], Address, number, number]
    ? Rest
    : never;

/** Multiplications from which on waking other threads pays. */
const ENOUGH = 5_000_000;

/** What the C files in module/ export; each says there what it does. */
interface Exports extends InParts {
  workspaceSize(): number;
  multiplyAdd(a: number, b: number, c: number): number;
  turnFilter(windows: Address, filter: Address, outChannels: number, turned: Address): void;
  depthwiseInputGradient(
    windows: Address,
    multiplier: number,
    dy: Address,
    filter: Address,
    dx: Address,
  ): void;
  depthwiseFilterGradient(
    windows: Address,
    multiplier: number,
    x: Address,
    dy: Address,
    dFilter: Address,
    part: Address,
  ): void;
  maxPool(windows: Address, x: Address, y: Address): void;
  maxPoolGradient(windows: Address, x: Address, y: Address, dy: Address, dx: Address): void;
  averagePoolGradient(windows: Address, dy: Address, dx: Address): void;
  relu(count: number, from: Address, to: Address): void;
  relu6(count: number, from: Address, to: Address): void;
  exponential(count: number, from: Address, to: Address): void;
  errorFunction(count: number, from: Address, to: Address): void;
  hyperbolicTangent(count: number, from: Address, to: Address): void;
  reluGradient(count: number, x: Address, dy: Address, dx: Address): void;
  sums(outer: number, length: number, inner: number, x: Address, divisor: number, out: Address): void;
  segmentSum(rows: number, width: number, segments: number, x: Address, ids: Address, out: Address): void;
  batchNorm(
    rows: number,
    channels: number,
    x: Address,
    mean: Address,
    variance: Address,
    offset: Address,
    scale: Address,
    epsilon: number,
    y: Address,
    factors: Address,
  ): void;
  batchNormGradient(
    rows: number,
    channels: number,
    x: Address,
    dy: Address,
    mean: Address,
    variance: Address,
    scale: Address,
    epsilon: number,
    dx: Address,
    dMean: Address,
    dVariance: Address,
    dOffset: Address,
    dScale: Address,
    factors: Address,
  ): void;
  sgd(
    count: number,
    weights: Address,
    gradient: Address,
    velocity: Address,
    rate: number,
    momentum: number,
    nesterov: number,
    decay: number,
  ): void;
  adam(
    count: number,
    weights: Address,
    gradient: Address,
    mean: Address,
    variance: Address,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    unbias: number,
    epsilon: number,
    penalty: number,
    kept: number,
  ): void;
}

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
   * @throws WebAssembly.CompileError where the instructions are not known here, WebAssembly.LinkError where the memory is not
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

  /** Lets other threads compute too; they get up while this one goes on. */
  startThreads(count: number): void {
    if (count === 1 || this.threads) return;
    const bytes = 4 * this.run.workspaceSize();
    const workspaces = Array.from({ length: count }, () => this.allocate(bytes));
    const block = this.allocate(4 * WORDS);
    this.threads = new Threads(this.module, this.heap.asm.memory, block, IN_PARTS, workspaces);
  }

  /** In how many parts a call may come: so many times a kernel needs room that is not shared. */
  get parts(): number {
    return this.threads?.parts ?? 1;
  }

  /** Whether more than one thread computes by now. */
  get isThreaded(): boolean {
    return this.threads?.ready ?? false;
  }

  /**
   * Runs a kernel, on all threads where it is worth it; its result is the same.
   *
   * @param products how many multiplications it makes
   */
  inParts<Kernel extends keyof InParts>(kernel: Kernel, products: number, ...args: Arguments<Kernel>): void {
    const compute = (workspace: Address, part: number, parts: number) =>
      this.kernels[kernel](...args, workspace, part, parts);
    if (products >= ENOUGH && this.threads?.ready) this.threads.run(kernel, args, compute);
    else compute(this.room('workspace', this.run.workspaceSize()), 0, 1);
  }

  /** Where a tensor's numbers lie. */
  at(tensor: TensorInfo): Address {
    // Declared as a promise of a number, which it is not.
    return this.backend.getMemoryOffset(tensor.dataId);
  }

  /** The same, or null. */
  atOrNull(tensor: TensorInfo | null | undefined): Address {
    return tensor ? this.at(tensor) : 0;
  }

  /** Room that a kernel may write to while it runs; kept for the next one, so that the heap does not grow by use. */
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

  /** Views are taken anew each time: growing the heap detaches them. */
  floats(address: Address, count: number): Float32Array {
    return new Float32Array(this.heap.HEAPU8.buffer, address, count);
  }

  integers(address: Address, count: number): Int32Array {
    return new Int32Array(this.heap.HEAPU8.buffer, address, count);
  }
}
