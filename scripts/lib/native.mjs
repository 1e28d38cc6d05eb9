// The native engine for the tests, by the product's own command, in a folder of the checkout that git ignores.
import { join } from 'node:path';
import { root, run } from './setup.mjs';

/**
 * Does nothing where it is there, works, and was made from the versions that are pinned now. By the wheel alone where there
 * is one: what the tests run on is then the same on every machine, whether Google's storage can be reached or not.
 */
export function ensureNative() {
  const from = hasWheel() ? ['--from', 'wheel'] : [];
  run(process.execPath, [join(root, 'dist', 'cli.js'), 'setup', 'native', ...from], {
    env: { ...process.env, DISTILLERY_STORAGE: join(root, 'test', 'native') },
  });
}

/** As src/runner/setup/wheels.ts has them. */
const hasWheel = () => ['linux x64', 'darwin arm64'].includes(`${process.platform} ${process.arch}`);
