import { join } from 'node:path';
import { expect, test } from './fixtures';

test.use({ release: 'minimum' });

test('the oldest supported VS Code scaffolds, checks, runs and draws', async ({
  workbench,
  server,
  folder,
  page,
}) => {
  test.setTimeout(900_000);
  const { sidebar, panel } = workbench;
  await workbench.open(server.address({ folder }));
  await sidebar.open();
  await workbench.command('New Experiment…');
  for (let question = 1; question <= 5; question++) {
    await expect(workbench.quickInput.locator('.quick-input-title')).toContainText(`(${question}/5)`);
    await page.keyboard.press('Enter');
  }
  await workbench.tab('few-labels.distill.json').waitFor();
  await workbench.select('"seeds": 5');
  await page.keyboard.press('ArrowRight');
  await workbench.type(', nonsense');
  await expect(workbench.squiggles('error').first()).toBeVisible();
  await workbench.select('5, nonsense');
  await workbench.type('1');
  await workbench.save(join(folder, 'experiments', 'few-labels', 'few-labels.distill.json'), '"seeds": 1');
  await sidebar.act('few-labels', 'Run Experiment');
  await panel.reaches('running');
  await panel.go('Losses');
  await expect.poll(() => panel.step(), { timeout: 120_000 }).toBeGreaterThan(0);
  await panel.reaches('finished', 600_000);
  await panel.go('Overview');
  await expect(panel.frame.locator('.verdict .token')).toContainText(/No verdict|INCONCLUSIVE/);
});
