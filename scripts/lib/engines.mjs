// Installs the engines that are not in the package, for the tests, with `distillery setup` in a folder that git ignores.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { softwareGpu } from '../../test/softwareGpu.mjs';
import { root, run } from './setup.mjs';

const BESIDE = join(root, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node');

/**
 * Does nothing if it is installed, works, and was built from the pinned versions. It can be set up on platforms whose wheel has
 * a hash; on others the tests do without it.
 */
export function ensureNative() {
  if (existsSync(BESIDE)) {
    console.log('npm has installed the native engine beside Distillery: the unit tests take that one.');
    return;
  }
  if (hasWheel()) setUp(['native']);
}

/** The same as in src/runner/setup/wheels.ts. */
const hasWheel = () => ['linux x64', 'darwin arm64'].includes(`${process.platform} ${process.arch}`);

/** On a software graphics processor, if there is one, so that tests run the same on every machine. */
export const ensureGpu = () => setUp(['gpu'], softwareGpu());

/**
 * @param {string[]} what
 * @param {Record<string, string>} [environment]
 */
function setUp(what, environment = {}) {
  run(process.execPath, [join(root, 'dist', 'cli.js'), 'setup', ...what], {
    env: { ...process.env, ...environment, DISTILLERY_STORAGE: join(root, 'test', 'native') },
  });
}
