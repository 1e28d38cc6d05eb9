// `npm run screenshots`: the pictures of the README, taken by an end-to-end test.
import { join } from 'node:path';
import { ensureInstalled, root, run } from './lib/setup.mjs';

ensureInstalled();
run(
  process.execPath,
  [
    join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    ...['test', '--config', 'test/e2e', '--project=workbench', 'theMainJob'],
  ],
  { env: { ...process.env, SCREENSHOTS: '1' } },
);
