// `npm run bench [portable|plain|native]`: bundles steps.ts as the trainer is bundled, and runs it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { bundles } from '../../scripts/lib/bundles.mjs';
import { root } from '../../scripts/lib/setup.mjs';

// In dist/, where native TensorFlow is found, and the WebAssembly files beside.
const folder = mkdtempSync(join(root, 'dist', 'bench-'));
try {
  cpSync(join(root, 'dist', 'wasm'), join(folder, 'wasm'), { recursive: true });
  await build({ ...bundles.trainer, entryPoints: { steps: 'test/bench/steps.ts' }, outdir: folder });
  const { status } = spawnSync(process.execPath, [join(folder, 'steps.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
