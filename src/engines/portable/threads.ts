import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { THREADS } from '../threads';

/** An offset on the heap, in bytes; 0 stands for null. */
export type Address = number;

const MOST = 8;
/** Far longer than any kernel takes, in milliseconds. */
const PATIENCE = 120_000;

/** Words of the shared block, and whether a worker is up and which call it has done follow, two words a worker. */
const [CALL, KERNEL, COUNT, ARGUMENTS, WORKERS] = [0, 1, 2, 3, 35] as const;
export const WORDS = WORKERS + 2 * MOST;

/**
 * Instantiates the module on the same memory and computes its part of every call. The source of a worker, so that no file of
 * its own has to be found; it may refer to nothing outside.
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
  /** Of the shared block. */
  address: Address;
  words: { size: number; call: number; kernel: number; count: number; arguments: number; workers: number };
  names: readonly string[];
  part: number;
  parts: number;
  workspace: Address;
}

/** How many threads compute: as many as the runner says, one where nobody does. */
export function threadCount(): number {
  const wanted = Math.floor(Number(process.env[THREADS] ?? 1));
  return Math.max(1, Math.min(wanted || 1, availableParallelism(), MOST));
}

/** Threads that share the heap. Each computes a part of a call; the sums of each number are the same in any case. */
export class Threads {
  private readonly block: Int32Array;
  private calls = 0;

  get parts(): number {
    return this.workspaces.length;
  }

  /**
   * @param names of the kernels that are computed in parts
   * @param workspaces room for each thread; the first is this one's
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
      // The process ends without asking it.
      new Worker(source, { eval: true, workerData }).unref();
    });
  }

  /** Whether all are up; until then one computes, with the same result. */
  get ready(): boolean {
    return this.workspaces.every(
      (_, part) => part === 0 || Atomics.load(this.block, WORKERS + 2 * (part - 1)) === 1,
    );
  }

  /** Calls a kernel in parts: `mine` computes the first, the others go to the workers. */
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
