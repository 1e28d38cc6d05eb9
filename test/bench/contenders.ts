import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findNative } from '../../src/engines/nativePlace';

/** Somebody who trains, and how a process of theirs is started. */
export interface Contender {
  id: string;
  title: string;
  threads: string;
  command: string[];
  environment: NodeJS.ProcessEnv;
  /** Why it cannot be here; null where it can. */
  missing: string | null;
  /** Whether it is measured where nobody says with whom. */
  usual: boolean;
  /** Workloads that it has nothing for of its own: all others where absent. */
  only?: string[];
}

/** The root of the repository, given by run.mjs: these files are bundled elsewhere. */
export const root = process.env['BENCH_ROOT']!;
export const cores = availableParallelism();
export const VENV = join(root, 'test/bench/.venv');
export const PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const NO_PYTHON = 'No Python libraries: `npm run bench -- setup` brings them.';

/** @param folder where the workloads lie */
export function allContenders(folder: string): Contender[] {
  const native = missingNative();
  const python = existsSync(PYTHON) ? null : NO_PYTHON;
  const node = (id: string, title: string, missing: string | null, more: Partial<Contender> = {}) => ({
    id,
    title,
    threads: '1 thread',
    // A contender in several variants is one worker under other circumstances.
    command: [process.execPath, join(__dirname, 'worker.js'), id.replace('native-2x', 'native')],
    environment: {},
    missing,
    usual: true,
    ...more,
  });
  const library = (id: string, title: string, more: Partial<Contender> = {}) => ({
    id,
    title,
    threads: `${cores} threads`,
    command: [PYTHON, join(root, 'test/bench/python/worker.py'), id, folder, String(cores)],
    environment: {},
    missing: python,
    usual: true,
    ...more,
  });
  const libtensorflow = (threads: number) => ({
    threads: `${threads} threads`,
    environment: { TF_NUM_INTRAOP_THREADS: String(threads), TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  return [
    node('native', 'Distillery, native', native, libtensorflow(cores)),
    node('native-2x', 'Distillery, native, twice the threads', native, libtensorflow(2 * cores)),
    node('portable', 'Distillery, portable', null),
    node('native-eager', 'Distillery, native, eager', native, { ...libtensorflow(cores), usual: false }),
    node('plain', 'Distillery, plain', null, { usual: false }),
    node('stock-node', 'TensorFlow.js, tfjs-node', native, libtensorflow(cores)),
    node('stock-wasm', 'TensorFlow.js, wasm', null),
    library('torch-fused', 'PyTorch, fused Adam'),
    library('torch', 'PyTorch, Adam'),
    library('keras', 'Keras, tf.function'),
    library('torchdistill', 'torchdistill’s KDLoss', { only: ['kd', 'student', 'quick-student'] }),
  ];
}

/** What all others are compared with. */
export const REFERENCE = 'torch-fused';

function missingNative(): string | null {
  try {
    findNative();
    return null;
  } catch (error) {
    return `${(error as Error).message} \`DISTILLERY_STORAGE=$PWD/test/native node dist/cli.js setup native\` brings it.`;
  }
}
