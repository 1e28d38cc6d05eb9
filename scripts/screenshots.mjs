// `npm run screenshots`: the README's pictures, made by the end-to-end test of the main job.
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
