// The first steps of `npm start` and `npm test`: check Node, install the packages of the lock file, build. Only Node is required.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const OLDEST_NODE = 20;
const OUTPUTS = ['extension.js', 'cli.js', 'runner.js', 'trainer.js', 'webview/panel.js', 'wasm'];
const INPUTS = [
  'src',
  'webview',
  'scripts/build.mjs',
  'scripts/lib',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** @returns {string | null} the problem with this Node, as a sentence */
export function nodeProblem(version = process.versions.node) {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return null;
  return `Distillery needs Node ${OLDEST_NODE} or newer and this is ${version}. Install one from https://nodejs.org and try again.`;
}

/**
 * Whether node_modules matches the lock file, by the record that npm writes last.
 * Optional packages may be missing: npm skips those of other platforms and those whose download failed.
 */
export function isInstalled(folder = root) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

/** Whether all build outputs exist and are newer than all inputs. */
export function isBuilt(folder = root) {
  return isNewer(
    OUTPUTS.map((file) => join(folder, 'dist', file)),
    INPUTS.map((file) => join(folder, file)),
  );
}

/**
 * Whether all outputs exist and none is older than an input.
 * @param {string[]} outputs
 * @param {string[]} inputs files, and folders with all that is in them
 */
export function isNewer(outputs, inputs) {
  if (!outputs.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return inputs.every((file) => newestIn(file) <= oldest);
}

/** Installs the packages of the lock file if needed. @returns {boolean} whether anything was done */
export function ensureInstalled() {
  if (isInstalled()) return false;
  console.log('Installing the packages that package-lock.json names (npm ci). This happens once.');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  return true;
}

/** Builds dist/, where it is missing or older than the sources. @returns {boolean} whether anything was done */
export function ensureBuilt() {
  if (isBuilt()) return false;
  console.log('Building (npm run build).');
  run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  return true;
}

/**
 * Runs a command to its end in the root, its output shown; throws a sentence where it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (status === 0) return;
  const how = error ? error.message : signal ? `was ended by ${signal}` : `ended with code ${status}`;
  throw new Error(`${[command, ...args].join(' ')} ${how}.`);
}

/**
 * npm as it was started, or the one on the PATH (a .cmd on Windows, which needs a shell).
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function npm(args, options = {}) {
  const itself = process.env.npm_execpath;
  if (itself?.endsWith('.js')) run(process.execPath, [itself, ...args], options);
  else run('npm', args, { shell: process.platform === 'win32', ...options });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Folders count too: their time changes when a file in them comes or goes.
 * @param {string} path
 * @returns {number}
 */
function newestIn(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
