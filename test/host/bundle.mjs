// Bundles the suites of this folder for an extension host; run `node test/host/bundle.mjs` before debugging them.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../scripts/lib/setup.mjs';

const sources = join(root, 'test', 'host');
const bundle = join(root, 'test-results', 'host');

/** @returns {Promise<string>} path of the script that runs them */
export async function bundleSuites() {
  rmSync(bundle, { recursive: true, force: true });
  await build({
    entryPoints: readdirSync(sources)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(sources, file)),
    outdir: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: 'linked',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
  });
  return join(bundle, 'index.js');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleSuites();
