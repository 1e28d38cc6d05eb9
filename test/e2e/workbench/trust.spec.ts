import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { writeExperiment } from './folders';

test.use({ workspaceTrust: true });

test('in an untrusted folder only config files are read; once trusted, it runs without a reload', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  const small = writeExperiment(folder, { steps: 50 });
  const damaged = readFileSync(small, 'utf8').replace(
    /"source": "digits"/,
    '"source": "csv", "file": "damaged.csv", "label": "kind"',
  );
  writeFileSync(join(folder, 'damaged.distill.json'), damaged);
  writeFileSync(join(folder, 'damaged.csv'), 'kind,x\na,red\n');
  await workbench.open(server.address({ folder }));
  await workbench.sidebar.open();
  await expect(workbench.sidebar.item('small').first()).toBeVisible();
  await workbench.sidebar.item('small').first().hover();
  await expect(
    workbench.sidebar.item('small').first().getByRole('button', { name: 'Run Experiment' }),
  ).toHaveCount(0);
  const rows = await workbench.palette('Distillery:');
  await expect(rows.filter({ hasText: 'Show Log' })).toBeVisible();
  await expect(rows.filter({ hasText: 'Run Experiment' })).toHaveCount(0);
  await expect(rows.filter({ hasText: 'New Experiment…' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await workbench.openFile('small.distill.json');
  await expect(workbench.codeLens('Open Panel')).toBeVisible();
  await expect(workbench.codeLens(/Run ·/)).toHaveCount(0);
  await expect(workbench.sidebar.item('small').first()).toContainText('workspace not trusted');
  // The data of this one are damaged, which nobody has seen yet.
  await expect(workbench.sidebar.item('damaged').first()).toContainText('workspace not trusted');
  await expect(workbench.sidebar.item('The config files have errors')).toHaveCount(0);
  await expect(page.getByText('only config files are read').first()).toBeVisible();

  await workbench.command('Workspaces: Manage Workspace Trust');
  await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  // The trust editor lies over the window.
  await page
    .locator('.monaco-modal-editor-block')
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(workbench.sidebar.item('The config files have errors')).toContainText('damaged.csv');
  await workbench.sidebar.act('small', 'Run Experiment');
  await workbench.panel.reaches('finished');
});

test('an untrusted folder without experiments says why nothing can be trained', async ({
  workbench,
  server,
  folder,
}) => {
  await workbench.open(server.address({ folder }));
  await workbench.sidebar.open();
  await expect(workbench.sidebar.welcome).toContainText(
    'Training runs code from this folder, so it needs your trust.',
  );
});
