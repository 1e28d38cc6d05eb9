import { defineConfig } from '@playwright/test';
import { chromiumArguments, chromiumPath } from '../browser.mjs';

/** `page`: the panel's page alone, in a plain browser. `workbench`: the whole extension, in a real VS Code. */
export default defineConfig({
  outputDir: '../../test-results/e2e',
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  // A workbench takes both cores of a small machine, and tests that share a machine share its faults.
  workers: 1,
  reporter: [['list']],
  use: {
    actionTimeout: 60_000,
    viewport: { width: 1280, height: 900 },
    // With the scrollbars that a person sees: whether they are there is tested.
    launchOptions: {
      executablePath: chromiumPath(),
      args: chromiumArguments,
      ignoreDefaultArgs: ['--hide-scrollbars'],
    },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'page', testDir: 'page' },
    { name: 'workbench', testDir: 'workbench' },
  ],
});
