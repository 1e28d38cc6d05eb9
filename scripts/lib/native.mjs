// The native engine for the tests, by the product's own command, in a folder of the checkout that git ignores.
import { join } from 'node:path';
import { root, run } from './setup.mjs';

/** Does nothing where it is there and works. */
export function ensureNative() {
  run(process.execPath, [join(root, 'dist', 'cli.js'), 'setup', 'native'], {
    env: { ...process.env, DISTILLERY_STORAGE: join(root, 'test', 'native') },
  });
}
