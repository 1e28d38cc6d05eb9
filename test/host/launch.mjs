// Runs the suites of this folder inside a real extension host: `node test/host/launch.mjs`, after `npm run build`.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from '../../scripts/lib/setup.mjs';
import { chromiumArguments, chromiumPath } from '../browser.mjs';
import { startServer } from '../vscode/server.mjs';
import { bundleSuites } from './bundle.mjs';

const LIMIT = 300_000;
const PARTS = ['package.json', 'package.nls.json', 'dist', 'l10n', 'media', 'schemas'];

const index = await bundleSuites();
const server = await startServer({ testing: true });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
try {
  // Away from the checkout, beside which npm may have installed a native engine.
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
  process.exitCode = await ended;
  console.log(readFileSync(join(dirname(index), 'report.txt'), 'utf8'));
} finally {
  await browser.close();
  await server.stop();
}
