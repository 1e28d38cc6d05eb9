import { readFileSync, writeFileSync } from 'node:fs';
import { writeExperiment } from './folders';
import { expect, test } from './fixtures';

test('a misspelt key is underlined and named, and its quick fix corrects it', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  const file = writeExperiment(folder);
  await workbench.open(server.address({ folder }));
  await workbench.openFile('small.distill.json');
  await expect(workbench.squiggles('error')).toHaveCount(0);

  await workbench.select('temperature');
  await workbench.type('temprature');
  await expect(workbench.squiggles('error').first()).toBeVisible();
  await expect(workbench.problems).not.toHaveText(/^\D*0\D*0\D*$/);

  // Completions may come late, and take the key for theirs.
  const fix = page.locator('.action-widget').getByText('temperature').first();
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(fix).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await fix.click();
  await expect(workbench.editor.locator('.view-lines')).toContainText('"temperature"');
  await expect(workbench.squiggles('error')).toHaveCount(0);
  await workbench.save(file, '"temperature"');
});

test('an invalid value is underlined, and the sidebar reports it', async ({ workbench, server, folder }) => {
  writeExperiment(folder, { temperature: 0 });
  await workbench.open(server.address({ folder }));
  await workbench.openFile('small.distill.json');
  await expect(workbench.squiggles('error').first()).toBeVisible();
  await workbench.command('Problems: Focus on Problems View');
  await expect(workbench.page.locator('.markers-panel')).toContainText('Expected a temperature above 0');
  await workbench.sidebar.open();
  await expect(workbench.sidebar.item('Expected a temperature above 0').first()).toBeVisible();
});

test('hover explains a key, and completion offers the methods', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  const file = writeExperiment(folder);
  await workbench.open(server.address({ folder }));
  await workbench.openFile('small.distill.json');
  await workbench.editor.getByText('"temperature"').hover();
  await expect(page.locator('.monaco-hover:visible').first()).toContainText(
    'divides the logits of both teacher and student',
  );

  writeFileSync(file, readFileSync(file, 'utf8').replace(/"arms": \[[^\]]*\]/, '"arms": [{ "method": "" }]'));
  await expect(workbench.editor.locator('.view-lines')).toContainText('"method": ""');
  await workbench.select('"method": "');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ControlOrMeta+Space');
  const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
  await expect(suggestions.filter({ hasText: 'logitMatching' })).toBeVisible();
  await expect(suggestions.filter({ hasText: 'labelSmoothing' })).toBeVisible();
});
