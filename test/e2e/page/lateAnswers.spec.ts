import { expect, test } from '@playwright/test';
import * as snapshots from '../../fixtures/snapshots';
import { Panel } from './panel';

test('an answer to an older request replaces nothing chosen since', async ({ page }) => {
  const panel = await Panel.open(page);
  const answerOf = (seed: number) => ({
    ...snapshots.finished(),
    selected: snapshots.folderOf('kd', seed),
    shown: snapshots.folderOf('kd', seed),
  });
  await panel.show(answerOf(0));
  const older = (await panel.received('tab')).request;
  await page.getByRole('button', { name: 'Distilled, seed 3: 93.0' }).click();
  await expect.poll(async () => (await panel.received('select')).run).toBe(snapshots.folderOf('kd', 3));
  await panel.show(answerOf(3));
  const shown = page.locator('.cell.shown');
  await expect(shown).toHaveAccessibleName('Distilled, seed 3: 93.0');
  await panel.send({ type: 'snapshot', snapshot: { ...answerOf(0), stateText: 'told late' } }, older);
  // What depends on no choice is taken all the same.
  await expect(page.locator('header .state')).toContainText('told late');
  await expect(shown).toHaveAccessibleName('Distilled, seed 3: 93.0');
});

test('the list of runs shows the status of the selected run', async ({ page }) => {
  const panel = await Panel.open(page);
  const running = snapshots.running();
  await panel.show(running);
  const list = page.locator('vscode-dropdown.runs [slot=selected-value]');
  await expect(list).toHaveText('KD T 4 · α 0.9 · seed 2 · running');
  const runs = running.runs.map((run) =>
    run.id === running.shown ? { ...run, status: 'finished' as const } : run,
  );
  await panel.show({ ...running, runs });
  await expect(list).toHaveText('KD T 4 · α 0.9 · seed 2');
});
