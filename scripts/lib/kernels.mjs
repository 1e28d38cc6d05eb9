// Compiles the portable engine's kernels from C to WebAssembly with clang, without a C library.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const CLANG = 'clang-16';
const LINKER = 'wasm-ld-16';
const sources = join(root, 'src', 'engines', 'portable', 'module');
/** The folder of the compiled files, which are checked in. */
export const ARTEFACTS = join(root, 'src', 'engines', 'portable', 'artefacts');

/** @typedef {{ file: string, flags: string[] }} Variant */
/** @type {Variant[]} */
export const VARIANTS = [
  { file: 'distillery-simd.wasm', flags: ['-msimd128'] },
  { file: 'distillery-relaxed-simd.wasm', flags: ['-msimd128', '-mrelaxed-simd'] },
];

const FLAGS = [
  '--target=wasm32',
  '-std=c11',
  '-O3',
  // Do not replace loops by memset, which does not exist here.
  '-fno-builtin',
  '-nostdlib',
  // Fuse operations only where the source does.
  '-ffp-contract=off',
  // Required for memory shared by threads.
  ...['-matomics', '-mbulk-memory'],
  ...['-Wall', '-Wextra', '-Werror'],
];
const LINK_FLAGS = [
  ...['--no-entry', '--strip-all', '-z', 'stack-size=0'],
  // The maximum size of the backend's memory.
  ...['--import-memory', '--shared-memory', `--max-memory=${2 ** 32}`],
];

/** Whether the compiler is installed. */
export const hasCompiler = () =>
  [CLANG, LINKER].every((program) => spawnSync(program, ['--version']).status === 0);

export function compilerVersion() {
  const { stdout } = spawnSync(CLANG, ['--version'], { encoding: 'utf8' });
  return /clang version \S+/.exec(stdout ?? '')?.[0] ?? 'unknown';
}

/**
 * @param {Variant} variant
 * @param {string} out
 */
export function compile({ flags }, out) {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-objects-'));
  try {
    const objects = named('.c').map((name) => {
      const object = join(folder, `${name}.o`);
      // Relative paths, so that the output does not depend on the machine.
      run(CLANG, [...FLAGS, ...flags, '-c', name, '-o', object], { cwd: sources });
      refuseMemoryOfItsOwn(object);
      return object;
    });
    run(LINKER, [...LINK_FLAGS, ...objects, '-o', out]);
    chmodSync(out, 0o644);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The module lives on a heap that is another's: static data and a stack would have their places there too, at addresses
 * that are taken.
 *
 * @param {string} object
 */
function refuseMemoryOfItsOwn(object) {
  const text = readFileSync(object, 'latin1');
  if (text.includes('__stack_pointer') || text.includes('.rodata') || text.includes('.data'))
    throw new Error(
      `${object} wants static data or a stack: write it without (an array, a table, a string).`,
    );
}

/** @param {string} folder of the artefacts */
export function hashes(folder) {
  /** @param {string} path */
  const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return {
    sources: Object.fromEntries(
      [...named('.c'), ...named('.h')].map((name) => [name, hash(join(sources, name))]),
    ),
    artefacts: Object.fromEntries(VARIANTS.map(({ file }) => [file, hash(join(folder, file))])),
  };
}

/**
 * What stands in build.json.
 *
 * @param {string} compiler
 * @param {ReturnType<typeof hashes>} sha256
 */
export function record(compiler, sha256) {
  const flags = Object.fromEntries(
    VARIANTS.map((variant) => [variant.file, [...FLAGS, ...variant.flags].join(' ')]),
  );
  return `${JSON.stringify({ compiler, flags, linkFlags: LINK_FLAGS.join(' '), sha256 }, null, 2)}\n`;
}

/** @param {string} ending */
const named = (ending) =>
  readdirSync(sources)
    .filter((name) => name.endsWith(ending))
    .sort();
