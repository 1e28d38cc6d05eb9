// A real VS Code: server, extension host and workbench, for the tests and for `npm run workbench`.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { installVsCode } from './install.mjs';

const START_LIMIT = 60_000;
const STOP_LIMIT = 5_000;

/** What would otherwise ask, fetch or move by itself. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
};

/**
 * @typedef {object} Options
 * @property {import('./install.mjs').Release} [release]
 * @property {string} [vsix] extension to install
 * @property {Record<string, unknown>} [settings] of the user, on top of the quiet ones
 * @property {boolean} [workspaceTrust] ask whether a folder is trusted; off: every folder is
 * @property {NodeJS.ProcessEnv} [environment] variables of its processes, on top of its own
 * @property {boolean} [testing] let a test drive the workbench and run inside the extension host
 */

/**
 * @typedef {object} Server
 * @property {string} origin `http://127.0.0.1:port`
 * @property {string} token without it nobody connects
 * @property {string} storage folder for a person's own data, empty at first: a native engine of this machine is not used
 * @property {string} home the folder that holds all its state, short because sockets live there
 * @property {() => string} log
 * @property {(query?: Record<string, string>) => string} address of the workbench, e.g. of `{ folder }`
 * @property {() => Promise<void>} stop ends it and whatever was started in it, and deletes its home
 */

/**
 * @param {Options} options
 * @returns {Promise<Server>}
 */
export async function startServer({
  release = 'current',
  vsix,
  settings,
  workspaceTrust,
  environment,
  testing,
} = {}) {
  const { node, server } = installVsCode(release);
  const home = mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'dv-'));
  const storage = join(home, 'storage');
  mkdirSync(join(home, 'user', 'User'), { recursive: true });
  writeFileSync(join(home, 'user', 'User', 'settings.json'), JSON.stringify({ ...QUIET, ...settings }));
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    DISTILLERY_STORAGE: storage,
    ...environment,
  };
  for (const name of Object.keys(env))
    if (/^(VSCODE|XDG_(CONFIG|DATA|CACHE|STATE)_HOME|ELECTRON)/.test(name)) delete env[name];
  const folders = [
    '--server-data-dir',
    join(home, 'server'),
    '--user-data-dir',
    join(home, 'user'),
    '--extensions-dir',
    join(home, 'extensions'),
  ];
  const common = [server, ...folders, '--accept-server-license-terms', '--telemetry-level', 'off'];

  if (vsix) await promisify(execFile)(node, [...common, '--install-extension', vsix], { env });

  const token = randomBytes(16).toString('hex');
  const flags = [
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--disable-experiments'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    // The environment is this one, not what a login shell of this machine makes of it.
    '--force-disable-user-env',
    ...(testing ? ['--enable-smoke-test-driver'] : []),
  ];
  // A group of its own, so that all of it can be ended together.
  const child = spawn(node, [...common, ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  /** @type {Promise<string>} */
  const listening = new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ chunk) => {
      log = (log + chunk.toString()).slice(-1_000_000);
      const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (port) resolve(port);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with code ${code}.\n${log}`)));
    setTimeout(() => reject(new Error(`The VS Code server did not start.\n${log}`)), START_LIMIT).unref();
  });

  async function stop() {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      end(-child.pid, 'SIGTERM');
      await Promise.race([ended, sleep(STOP_LIMIT, undefined, { ref: false })]);
      end(-child.pid, 'SIGKILL');
    }
    // Trainings are detached on purpose: they outlive the server that they were started in.
    await endProcesses(() => processesOf(home));
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  try {
    const origin = `http://127.0.0.1:${await listening}`;
    return {
      origin,
      token,
      home,
      storage,
      log: () => log,
      address: (query = {}) => `${origin}/?${new URLSearchParams({ tkn: token, ...query })}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {number} pid negative: the whole group that this process leads
 * @param {NodeJS.Signals} signal
 */
function end(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

/**
 * Asks them to end, and ends them if they do not.
 * @param {() => number[]} list
 */
async function endProcesses(list) {
  const deadline = Date.now() + STOP_LIMIT;
  for (const pid of list()) end(pid, 'SIGTERM');
  while (list().length > 0 && Date.now() < deadline) await sleep(50);
  for (const pid of list()) end(pid, 'SIGKILL');
}

/**
 * Processes that inherited this home, wherever they hang in the tree.
 * @param {string} home
 * @returns {number[]}
 */
function processesOf(home) {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${home}`);
      } catch {
        return false;
      }
    });
}
