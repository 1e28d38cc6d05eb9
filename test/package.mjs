// What a person gets: packs the extension, installs it into a real VS Code, and looks at what lies there.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from '../scripts/package.mjs';
import { startServer } from './vscode/server.mjs';

const LIMIT = 8_000_000;

/** Every file that ships; a star stands for what has no slash in it. */
const EXPECTED = [
  '.vsixmanifest',
  'LICENSE.txt',
  'changelog.md',
  'readme.md',
  'package.json',
  'package.nls.json',
  'CONTRIBUTING.md',
  'docs/*.md',
  'dist/NOTICES.txt',
  'dist/cli.js',
  'dist/data.js',
  'dist/extension.js',
  'dist/runner.js',
  'dist/trainer.js',
  'dist/wasm/distillery-relaxed-simd.wasm',
  'dist/wasm/distillery-simd.wasm',
  'dist/wasm/tfjs-backend-wasm-simd.wasm',
  'dist/wasm/tfjs-backend-wasm.wasm',
  'dist/webview/codicon-*.ttf',
  'dist/webview/panel.js',
  'dist/webview/styles.css',
  'l10n/*.json',
  'media/distillery.svg',
  'media/icon.png',
  'media/screenshots/*.png',
  'media/walkthrough/*.md',
  'samples/distillery.json',
  'samples/*/*.distill.json',
  'samples/*/*.student.json',
  'samples/*/*.teacher.json',
  'samples/*/README.md',
  'schemas/*.schema.json',
];

/** @param {string} pattern */
const expression = (pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`);

const vsix = packageExtension();
const { size } = statSync(vsix);
console.log(`${(size / 1e6).toFixed(2)} MB of at most ${LIMIT / 1e6} MB.`);
assert.ok(size <= LIMIT, `The .vsix has ${size} bytes.`);

const server = await startServer({ vsix });
try {
  const extensions = join(server.home, 'extensions');
  const folder = readdirSync(extensions).find((name) => name.startsWith('distillery.distillery-'));
  assert.ok(folder, 'VS Code did not install the extension.');
  const installed = join(extensions, folder);
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
    .sort();

  const unexpected = files.filter((file) => !EXPECTED.some((pattern) => expression(pattern).test(file)));
  assert.deepEqual(unexpected, [], 'files that should not ship');
  const missing = EXPECTED.filter((pattern) => !files.some((file) => expression(pattern).test(file)));
  assert.deepEqual(missing, [], 'files that should ship');

  const readme = readFileSync(join(installed, 'readme.md'), 'utf8');
  const images = [...readme.matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].map((match) => match[1] ?? '');
  assert.ok(images.length > 0, 'README.md shows no picture.');
  assert.deepEqual(
    images.filter((image) => !files.includes(image)),
    [],
    'pictures of README.md that do not ship',
  );

  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  assert.ok(files.includes(manifest.icon), 'The icon does not ship.');
  assert.ok(manifest.categories.length > 0, 'The manifest names no category.');
  console.log(`${files.length} files, each on the list.`);
} finally {
  await server.stop();
}
