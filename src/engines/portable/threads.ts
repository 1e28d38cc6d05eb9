import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { THREADS } from '../threads';

/** Byte offset on the heap; 0 is null. */
export type Address = number;

const MOST = 8;
/** Milliseconds; far longer than any kernel takes. */
const PATIENCE = 120_000;

/** Words of the shared block. Two words per worker follow: whether it is ready, and the last call it has finished. */
const [CALL, KERNEL, COUNT, ARGUMENTS, WORKERS] = [0, 1, 2, 3, 35] as const;
export const WORDS = WORKERS + 2 * MOST;

/**
 * Source of a worker: instantiates the module on the same memory and computes its part of every call. Passed as text, so
 * it must not refer to anything outside.
 */
function work({ module, memory, address, words, names, part, parts, workspace }: WorkerTask): void {
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const kernels = names.map((name) => exports[name] as (...args: number[]) => void);
  const block = new Int32Array(memory.buffer, address, words.size);
  const own = words.workers + 2 * (part - 1);
  Atomics.store(block, own, 1);
  for (let done = 0; ;) {
    Atomics.wait(block, words.call, done);
    done = Atomics.load(block, words.call);
    const args = block.slice(words.arguments, words.arguments + block[words.count]!);
    kernels[block[words.kernel]!]!(...args, workspace, part, parts);
    Atomics.store(block, own + 1, done);
    Atomics.notify(block, own + 1);
  }
}

interface WorkerTask {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Layout of the shared block. */
  address: Address;
  words: { size: number; call: number; kernel: number; count: number; arguments: number; workers: number };
  names: readonly string[];
  part: number;
  parts: number;
  workspace: Address;
}

/** Number of threads, set by the runner; 1 by default. */
export function threadCount(): number {
  const wanted = Math.floor(Number(process.env[THREADS] ?? 1));
  return Math.max(1, Math.min(wanted || 1, availableParallelism(), MOST));
}

/** Threads that share the heap. Each computes a part of a call; every number is summed in the same order in any case. */
export class Threads {
  private readonly block: Int32Array;
  private calls = 0;

  get parts(): number {
    return this.workspaces.length;
  }

  /**
   * @param names kernels that are computed in parts
   * @param workspaces one per thread; the first belongs to this thread
   */
  constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    address: Address,
    private readonly names: readonly string[],
    private readonly workspaces: readonly Address[],
  ) {
    this.block = new Int32Array(memory.buffer, address, WORDS).fill(0);
    const words = {
      size: WORDS,
      call: CALL,
      kernel: KERNEL,
      count: COUNT,
      arguments: ARGUMENTS,
      workers: WORKERS,
    };
    const parts = workspaces.length;
    workspaces.forEach((workspace, part) => {
      if (part === 0) return;
      const workerData: WorkerTask = { module, memory, address, words, names, part, parts, workspace };
      const source = `(${work.toString()})(require('node:worker_threads').workerData)`;
      // A worker does not keep the process alive.
      new Worker(source, { eval: true, workerData }).unref();
    });
  }

  /** Whether all workers are ready; until then this thread computes alone, with the same result. */
  get ready(): boolean {
    return this.workspaces.every(
      (_, part) => part === 0 || Atomics.load(this.block, WORKERS + 2 * (part - 1)) === 1,
    );
  }

  /** Calls a kernel in parts: `mine` computes the first, the workers the others. */
  run(
    name: string,
    args: readonly number[],
    mine: (workspace: Address, part: number, parts: number) => void,
  ): void {
    const { block } = this;
    block.set(args, ARGUMENTS);
    block[COUNT] = args.length;
    block[KERNEL] = this.names.indexOf(name);
    this.calls = (this.calls + 1) | 0;
    Atomics.store(block, CALL, this.calls);
    Atomics.notify(block, CALL);
    const parts = this.workspaces.length;
    mine(this.workspaces[0]!, 0, parts);
    for (let part = 1; part < parts; part++) {
      const done = WORKERS + 2 * (part - 1) + 1;
      for (let seen; (seen = Atomics.load(block, done)) !== this.calls;)
        if (Atomics.wait(block, done, seen, PATIENCE) === 'timed-out')
          throw new Error('A thread of the portable engine does not answer.');
    }
  }
}
