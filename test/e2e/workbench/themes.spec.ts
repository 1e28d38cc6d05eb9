import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type * as Axe from 'axe-core';
import { runCommandLine } from './commandLine';
import { expect, test } from './fixtures';
import { writeExperiment } from './folders';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Each theme with the class that VS Code gives to a page of its kind. */
const THEMES = {
  'Default Dark Modern': 'vscode-dark',
  'Default Light Modern': 'vscode-light',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast-light',
};
const PAGES = ['Overview', 'Losses', 'Temperature', 'Run'] as const;
const OPTIONS: Axe.RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  resultTypes: ['violations'],
};

for (const [theme, kind] of Object.entries(THEMES))
  test.describe(theme, () => {
    test.use({ settings: { 'workbench.colorTheme': theme } });

    test('every page of a finished experiment is accessible', async ({ workbench, server, folder }) => {
      runCommandLine('run', writeExperiment(folder, { seeds: 4, steps: 40 }));
      const { sidebar, panel } = workbench;
      await workbench.open(server.address({ folder }));
      await sidebar.open();
      await sidebar.act('small', 'Open Experiment Panel');
      await panel.reaches('finished');
      await expect(panel.frame.locator('body')).toContainClass(kind);
      for (const name of PAGES) {
        await panel.go(name);
        const page = await panel.document();
        await page.evaluate(axe);
        const { violations } = await page.evaluate<Axe.AxeResults, Axe.RunOptions>(
          (options) => (window as unknown as { axe: typeof Axe }).axe.run(document, options),
          OPTIONS,
        );
        expect(
          violations.map(({ id, help, nodes }) => ({
            id,
            help,
            where: nodes.map((node) => node.target.join(' ')),
          })),
          name,
        ).toEqual([]);
      }
    });
  });
