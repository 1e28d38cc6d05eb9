// `npm run package`: the extension as one file, distillery-<version>.vsix.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, isNewer, root, run } from './lib/setup.mjs';

const INPUTS = [
  ...['src', 'webview', 'media', 'l10n', 'schemas', 'scripts/build.mjs', 'scripts/lib'],
  ...['samples/distillery.json', 'samples/quickstart', 'samples/all-labels', 'samples/hinton-2015'],
  ...['package.json', 'package-lock.json', 'package.nls.json', '.vscodeignore'],
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'docs'],
];

/** @returns {string} path of the .vsix, rebuilt if anything in it has changed */
export function packageExtension() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(root, `${name}-${version}.vsix`);
  const inputs = INPUTS.map((file) => join(root, file));
  if (isNewer([vsix], inputs)) return vsix;
  run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--production']);
  run(process.execPath, [
    join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
    ...['package', '--out', vsix],
    // Everything is bundled; links and images stay relative, since the project has no public address yet.
    ...['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'],
  ]);
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  console.log(packageExtension());
}
