import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { writeExperiment } from './folders';
import { storedRuns } from './runFolders';

// A dialog in the window can be answered here; one of the system cannot.
test.use({ settings: { 'files.simpleDialog.enable': true, 'distillery.openPanelOnRun': true } });

test('an experiment is exported, renamed, duplicated and deleted from its context menu', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  const { sidebar, panel, quickInput } = workbench;
  writeExperiment(folder, { steps: 20 });
  const file = (name: string) => join(folder, `${name}.distill.json`);
  const text = readFileSync(file('small'), 'utf8');
  const answer = async (name: string) => {
    const input = quickInput.locator('input').first();
    await input.waitFor({ state: 'visible' });
    await input.fill(name);
    await page.keyboard.press('Enter');
  };
  await workbench.open(server.address({ folder }));
  await sidebar.open();
  await sidebar.act('small', 'Run Experiment');
  await panel.reaches('finished');
  const runs = storedRuns(join(folder, 'runs', 'small')).length;
  expect(runs).toBe(2);

  await test.step('Rename takes the runs along, and the panel has the new name', async () => {
    await sidebar.choose('small', 'Rename…');
    await answer('tiny');
    await expect(sidebar.item('tiny').first()).toBeVisible();
    await expect(workbench.tab('tiny')).toBeVisible();
    await expect(panel.frame.getByRole('heading', { level: 1 })).toHaveText('tiny');
    expect(readFileSync(file('tiny'), 'utf8')).toBe(text);
    expect(existsSync(file('small'))).toBe(false);
    expect(existsSync(join(folder, 'runs', 'small'))).toBe(false);
    expect(storedRuns(join(folder, 'runs', 'tiny'))).toHaveLength(runs);
  });

  await test.step('Export Student copies the model to a folder that is chosen', async () => {
    await sidebar.choose('distilled', 'Export Student…');
    await answer(`${folder}/`);
    await workbench.tab('README.md').waitFor();
    const [exported] = readdirSync(folder).filter((name) => /^tiny-distilled.*-seed-0$/.test(name));
    expect(readdirSync(join(folder, exported!)).sort()).toEqual(['README.md', 'model.json', 'weights.bin']);
  });

  await test.step('Duplicate copies the file alone, and opens it', async () => {
    await sidebar.choose('tiny', 'Duplicate…');
    await answer('copy');
    await workbench.tab('copy.distill.json').waitFor();
    expect(readFileSync(file('copy'), 'utf8')).toBe(text);
    expect(existsSync(join(folder, 'runs', 'copy'))).toBe(false);
  });

  await test.step('Delete asks, and leaves teacher, student and other experiments', async () => {
    const dialog = page.locator('.monaco-dialog-box');
    await sidebar.choose('tiny', 'Delete…');
    await expect(dialog).toContainText('Move tiny to the bin?');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(existsSync(file('tiny'))).toBe(true);
    await sidebar.choose('tiny', 'Delete…');
    await expect(dialog).toContainText(join(folder, 'runs', 'tiny'));
    await dialog.getByRole('button', { name: 'Move to Bin' }).click();
    await expect.poll(() => existsSync(file('tiny'))).toBe(false);
    await expect.poll(() => existsSync(join(folder, 'runs', 'tiny'))).toBe(false);
    await expect(sidebar.item('tiny')).toHaveCount(0);
    for (const kept of ['small.teacher.json', 'small.student.json', 'copy.distill.json'])
      expect(existsSync(join(folder, kept)), kept).toBe(true);
  });
});
