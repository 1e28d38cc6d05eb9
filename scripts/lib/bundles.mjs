// The bundles of dist/: extension host, command line, runner, trainer and data reader (Node), and the page of the panel (browser).
import { join } from 'node:path';
import { root } from './setup.mjs';

const dist = join(root, 'dist');

/** @type {import('esbuild').BuildOptions} */
const common = { absWorkingDir: root, bundle: true, logLevel: 'warning' };

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outdir: dist,
  // TensorFlow.js' own ES modules, so that core exists once; the native engine stays outside and is optional.
  mainFields: ['module', 'main'],
  external: ['vscode', '@tensorflow/tfjs-node'],
};

/** @type {Record<'extension' | 'cli' | 'runner' | 'trainer' | 'data' | 'webview', import('esbuild').BuildOptions>} */
export const bundles = {
  extension: { ...node, entryPoints: { extension: 'src/host/extension.ts' } },
  cli: { ...node, entryPoints: { cli: 'src/cli/main.ts' } },
  runner: { ...node, entryPoints: { runner: 'src/runner/main.ts' } },
  trainer: { ...node, entryPoints: { trainer: 'src/trainer/main.ts' } },
  data: { ...node, entryPoints: { data: 'src/data/main.ts' } },
  webview: {
    ...common,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outdir: join(dist, 'webview'),
    entryPoints: { panel: 'webview/main.ts', styles: 'webview/styles.css' },
    loader: { '.ttf': 'file' },
  },
};
