// The engines that are not in the package, for the tests: by the product's own command, in a folder of the checkout that git
// ignores.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { softwareGpu } from '../../test/softwareGpu.mjs';
import { root, run } from './setup.mjs';

const BESIDE = join(root, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node');

/**
 * Does nothing where it is there, works, and was made from the versions that are pinned now. It can be set up where its
 * wheel has a hash; elsewhere the tests do without it.
 */
export function ensureNative() {
  if (existsSync(BESIDE)) {
    console.log('npm has installed the native engine beside Distillery: the unit tests take that one.');
    return;
  }
  if (hasWheel()) setUp(['native']);
}

/** As src/runner/setup/wheels.ts has them. */
const hasWheel = () => ['linux x64', 'darwin arm64'].includes(`${process.platform} ${process.arch}`);

/** On a graphics processor in software, where there is one: what the tests run on is then the same on every machine. */
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
