// Installs the VS Code under test: the npm package code-server carries the whole server, workbench included.
import { existsSync, lstatSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, npm } from '../../scripts/lib/setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** `minimum` is the oldest VS Code that the manifest admits. @typedef {'current' | 'minimum'} Release */

/**
 * Its modules and its Node.js come from a lock file of its own, and stay for the next time. Nothing is compiled:
 * install scripts are left out, and what they would build (logs in files, a watchdog) is not needed here.
 * @param {Release} release
 * @returns {{ node: string, server: string }} the Node.js that VS Code wants, and the server's script
 */
export function installVsCode(release) {
  const folder = join(here, release);
  if (!isInstalled(folder)) {
    console.log(`Installing the VS Code under test (test/vscode/${release}). This happens once.`);
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  }
  const modules = join(folder, 'node_modules');
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  linkModules(join(vscode, 'node_modules'), join('..', '..', '..', '..', 'node_modules'));
  const node = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!existsSync(node))
    throw new Error(
      `The VS Code under test runs on Linux (x64, arm64) only; this is ${process.platform} ${process.arch}.`,
    );
  return { node, server: join(vscode, 'out', 'server-main.js') };
}

/**
 * The server looks for its modules beside itself, and serves some of them to the browser from there.
 * @param {string} link
 * @param {string} target
 */
function linkModules(link, target) {
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  rmSync(link, { recursive: true, force: true });
  symlinkSync(target, link);
}
