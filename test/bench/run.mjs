// `npm run bench`: bundles the bench and its workers as the trainer is bundled, and runs it. `npm run bench -- --help` says more.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { build } from 'esbuild';
import { bundles } from '../../scripts/lib/bundles.mjs';
import { ensureBuilt, root } from '../../scripts/lib/setup.mjs';

ensureBuilt();
// In dist/, where native TensorFlow is found, and the WebAssembly files beside.
const folder = mkdtempSync(join(root, 'dist', 'bench-'));
const clear = () => rmSync(folder, { recursive: true, force: true });
process.on('exit', clear);
cpSync(join(root, 'dist', 'wasm'), join(folder, 'wasm'), { recursive: true });
await build({
  ...bundles.trainer,
  entryPoints: {
    bench: 'test/bench/main.ts',
    worker: 'test/bench/workers/main.ts',
    measures: 'test/bench/measures/main.ts',
  },
  outdir: folder,
  external: [...(bundles.trainer.external ?? []), 'esbuild', 'prettier'],
});
const bench = spawn(process.execPath, [join(folder, 'bench.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    BENCH_ROOT: root,
    // The native engine of the tests, where it is set up.
    DISTILLERY_STORAGE: process.env.DISTILLERY_STORAGE ?? join(root, 'test', 'native'),
  },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => bench.kill(signal));
bench.on('close', (code) => process.exit(code ?? 1));
