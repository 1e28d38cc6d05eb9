// The native engine for the tests, by the product's own command, in a folder of the checkout that git ignores.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const BESIDE = join(root, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node');

/**
 * Does nothing where it is there, works, and was made from the versions that are pinned now. By the wheel alone where there
 * is one: what the tests run on is then the same on every machine, whether Google's storage can be reached or not.
 */
export function ensureNative() {
  if (existsSync(BESIDE)) {
    console.log('npm has installed the native engine beside Distillery: the unit tests take that one.');
    return;
  }
  const from = hasWheel() ? ['--from', 'wheel'] : [];
  run(process.execPath, [join(root, 'dist', 'cli.js'), 'setup', 'native', ...from], {
    env: { ...process.env, DISTILLERY_STORAGE: join(root, 'test', 'native') },
  });
}

/** As src/runner/setup/wheels.ts has them. */
const hasWheel = () => ['linux x64', 'darwin arm64'].includes(`${process.platform} ${process.arch}`);
