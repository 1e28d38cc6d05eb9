import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { writeExperiment } from './folders';

test('a folder without experiments offers to create one', async ({ workbench, server, folder }) => {
  await workbench.open(server.address({ folder }));
  await workbench.sidebar.open();
  await expect(workbench.sidebar.welcome).toContainText(
    'Train a small network with the help of a large one.',
  );
  await expect(workbench.sidebar.welcome.getByRole('button', { name: 'New Experiment' })).toBeVisible();
  const rows = await workbench.palette('Distillery:');
  await expect(rows.filter({ hasText: 'New Experiment…' })).toBeVisible();
  await expect(rows.filter({ hasText: 'Run Experiment' })).toHaveCount(0);
});

test('without a folder, the view says that experiments are files in a folder', async ({
  workbench,
  server,
}) => {
  await workbench.open(server.address({ ew: 'true' }));
  await workbench.sidebar.open();
  await expect(workbench.sidebar.welcome).toContainText('Distillery keeps experiments as files in a folder.');
  const rows = await workbench.palette('Distillery:');
  await expect(rows.filter({ hasText: 'Show Log' })).toBeVisible();
  await expect(rows.filter({ hasText: 'New Experiment…' })).toHaveCount(0);
});

test('with several folders, all experiments are listed and a new one asks where', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  for (const name of ['left', 'right']) mkdirSync(join(folder, name));
  writeExperiment(join(folder, 'left'), { name: 'one' });
  writeExperiment(join(folder, 'right'), { name: 'two' });
  const file = join(folder, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: 'left' }, { path: 'right' }] }));
  await workbench.open(server.address({ workspace: file }));
  // In a browser, VS Code may start the extension host before it has read which folders a workspace file names, and does
  // not always tell it later.
  await expect(async () => {
    await workbench.reload();
    await workbench.sidebar.open();
    for (const name of ['one', 'two'])
      await expect(workbench.sidebar.item(name).first()).toBeVisible({ timeout: 15_000 });
  }).toPass({ timeout: 120_000 });

  await workbench.command('New Experiment…');
  await expect(workbench.quickInput.locator('.quick-input-title')).toContainText('(1/6)');
  await page.keyboard.press('ArrowDown');
  for (let question = 1; question <= 6; question++) {
    await expect(workbench.quickInput.locator('.quick-input-title')).toContainText(`(${question}/6)`);
    await page.keyboard.press('Enter');
  }
  await workbench.tab('few-labels.distill.json').waitFor();
  expect(existsSync(join(folder, 'right', 'experiments', 'few-labels', 'few-labels.distill.json'))).toBe(
    true,
  );
  expect(existsSync(join(folder, 'left', 'experiments'))).toBe(false);
});

test('a name that is taken is refused, and nothing is overwritten', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  writeExperiment(join(folder, 'experiments', 'few-labels'), { name: 'few-labels' });
  await workbench.open(server.address({ folder }));
  await workbench.sidebar.open();
  await workbench.command('New Experiment…');
  for (let question = 1; question <= 4; question++) {
    await expect(workbench.quickInput.locator('.quick-input-title')).toContainText(`(${question}/5)`);
    await page.keyboard.press('Enter');
  }
  await expect(workbench.quickInput.locator('.quick-input-title')).toContainText('(5/5)');
  await workbench.quickInput.locator('input').first().fill('few-labels');
  await expect(workbench.quickInput).toContainText(
    'already exists. Choose another name; nothing was overwritten.',
  );
  await page.keyboard.press('Enter');
  await expect(workbench.quickInput.locator('.quick-input-title')).toContainText('(5/5)');
});
