// Runs the suites of this folder inside extension hosts: `node test/host/launch.mjs`, after `npm run build`. Uses the newest and
// the oldest supported VS Code, or the one that is named.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from '../../scripts/lib/setup.mjs';
import { chromiumArguments, chromiumPath } from '../browser.mjs';
import { startServer } from '../vscode/server.mjs';
import { bundleSuites } from './bundle.mjs';

const LIMIT = 300_000;
const PARTS = ['package.json', 'package.nls.json', 'dist', 'l10n', 'media', 'schemas'];
/** @type {readonly import('../vscode/install.mjs').Release[]} */
const RELEASES = ['current', 'minimum'];

const index = await bundleSuites();
const results = join(dirname(index), 'results.json');
const counts = { passes: 0, failures: 0, pending: 0 };
const named = process.argv[2];
const releases = RELEASES.filter((release) => named === undefined || named === release);
if (releases.length === 0) throw new Error(`There is no "${named}": give ${RELEASES.join(' or ')}.`);
for (const release of releases) {
  rmSync(results, { force: true });
  const code = await runIn(release);
  const { passes, failures, pending } = JSON.parse(readFileSync(results, 'utf8'));
  counts.passes += passes;
  counts.failures += failures;
  counts.pending += pending;
  process.exitCode ||= code;
}
writeFileSync(results, JSON.stringify(counts));

/**
 * @param {import('../vscode/install.mjs').Release} release
 * @returns {Promise<number>} the exit code of the extension host
 */
async function runIn(release) {
  const server = await startServer({ release, testing: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
  try {
    // Outside the checkout, where npm may have installed a native engine.
    const extension = join(server.home, 'extension');
    for (const part of PARTS) cpSync(join(root, part), join(extension, part), { recursive: true });
    const folder = join(server.home, 'folder');
    mkdirSync(folder);
    const page = await browser.newPage();
    /** @type {Promise<number>} */
    const ended = new Promise((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(() => reject(new Error(`The extension host did not end.\n${server.log()}`)), LIMIT).unref();
    });
    /** @param {string} path */
    const remote = (path) => `vscode-remote://${new URL(server.origin).host}${path}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(index)],
    ]);
    await page.goto(server.address({ folder, payload }));
    const code = await ended;
    console.log(readFileSync(join(dirname(index), 'report.txt'), 'utf8'));
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}
