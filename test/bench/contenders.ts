import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { NATIVE_VARIANTS } from '../../src/config/numerics';
import { findNative } from '../../src/engines/nativePlace';
import { THREADS } from '../../src/engines/threads';
import type { Setting } from './workers/loadWith';

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
  const missing = missingNative();
  const node = (
    id: string,
    title: string,
    worker: string,
    setting: Setting,
    more: Partial<Contender> = {},
  ) => ({
    id,
    title,
    threads: setting.threads === undefined ? '' : `${setting.threads} threads`,
    command: [process.execPath, join(__dirname, 'worker.js'), worker, JSON.stringify(setting)],
    environment: { TF_CPP_MIN_LOG_LEVEL: '2' },
    missing: null,
    usual: true,
    ...more,
  });
  const native = (id: string, title: string, setting: Setting, more: Partial<Contender> = {}) =>
    node(
      id,
      title,
      'native',
      { threads: cores, variant: NATIVE_VARIANTS.plain, ...setting },
      { missing, ...more },
    );
  const library = (id: string, title: string, more: Partial<Contender> = {}) => ({
    id,
    title,
    threads: `${cores} threads`,
    command: [PYTHON, join(root, 'test/bench/python/worker.py'), id, folder, String(cores)],
    environment: { TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' },
    missing: existsSync(PYTHON) ? null : NO_PYTHON,
    usual: true,
    ...more,
  });
  return [
    native('native', 'Distillery, native', {}),
    native('native-2x', 'Distillery, native', { threads: 2 * cores }),
    native('native-xla', 'Distillery, native with XLA', { variant: NATIVE_VARIANTS.xla }),
    node(
      'portable',
      'Distillery, portable',
      'portable',
      {},
      {
        threads: `${cores} threads`,
        environment: { [THREADS]: String(cores) },
      },
    ),
    node('portable-1x', 'Distillery, portable', 'portable', {}, { threads: '1 thread' }),
    native('native-eager', 'Distillery, native, eager', { execution: 'eager' }, { usual: false }),
    node('plain', 'Distillery, plain', 'plain', {}, { usual: false }),
    node(...(['stock-node', 'TensorFlow.js, tfjs-node', 'stock-node', {}] as const), {
      missing,
      threads: `${cores} threads`,
      environment: { TF_NUM_INTRAOP_THREADS: String(cores) },
    }),
    node('stock-wasm', 'TensorFlow.js, wasm', 'stock-wasm', {}, { threads: '1 thread' }),
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
