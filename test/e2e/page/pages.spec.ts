import { expect, test } from '@playwright/test';
import * as snapshots from '../../fixtures/snapshots';
import { Panel, themeNames } from './panel';
import { violationsOf } from './axe';

const tabs = ['Overview', 'Losses', 'Temperature', 'Compare', 'Classes', 'Run'] as const;
const kinds = ['finished', 'running', 'failed', 'empty'] as const;

for (const width of [1200, 520])
  test(`every page at ${width} px: nothing forbidden, nothing thrown, no sideways scroll`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const panel = await Panel.open(page);
    for (const kind of kinds) {
      await panel.show(snapshots[kind]());
      for (const tab of tabs) {
        await panel.tab(tab);
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(beyond, `${kind}, ${tab}`).toBeLessThanOrEqual(0);
        if (width < 820 && kind === 'finished') expect(await violationsOf(page), tab).toEqual([]);
      }
    }
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
  });

for (const theme of themeNames)
  test(`axe finds nothing serious in ${theme}`, async ({ page }) => {
    const panel = await Panel.open(page, theme);
    for (const kind of ['finished', 'running', 'failed'] as const) {
      await panel.show(snapshots[kind]());
      for (const tab of kind === 'failed' ? (['Overview'] as const) : tabs) {
        await panel.tab(tab);
        expect(await violationsOf(page), `${kind}, ${tab}`).toEqual([]);
      }
    }
    await panel.tab('Losses');
    await panel.chart('loss').getByRole('button', { name: 'Training loss as a table' }).click();
    await panel.chart('accuracy').getByRole('button', { name: 'Export Validation accuracy' }).click();
    expect(await violationsOf(page), 'a table and a menu').toEqual([]);
  });

test('the verdict, its evidence and its actions', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.finished());
  await expect(page.getByRole('heading', { name: 'BEATS' })).toBeVisible();
  await expect(page.locator('.sentence strong')).toHaveText('+3.4 pp');
  await expect(page.locator('.paired .dot')).toHaveCount(5);
  await expect(page.getByRole('list', { name: 'Checks' }).getByRole('listitem')).toHaveCount(5);
  await expect(page.getByRole('region', { name: 'All arms' }).getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Export Student…' }).click();
  expect(await panel.received('command')).toMatchObject({ command: 'exportStudent' });
});

test('a verdict that was corrected away has the reason in its row, and a change after the look is said', async ({
  page,
}) => {
  const panel = await Panel.open(page);
  const snapshot = snapshots.finished();
  const { comparisons, checks, afterLook } = snapshot.summary!;
  Object.assign(comparisons[1]!, {
    mean: 0.06,
    interval: { low: 0.021, high: 0.099, level: 0.95, degreesOfFreedom: 4 },
    verdict: 'INCONCLUSIVE',
    pHolm: 0.08,
  });
  checks[2] = { text: 'changed after the test set was opened', state: 'broken' };
  afterLook.push(
    'Seeds 1, 3 of KD were evaluated on the test set and are no longer in the file: they stay in the verdict.',
  );
  await panel.show(snapshot);
  const row = page.getByRole('region', { name: 'All arms' }).getByRole('row').nth(2);
  await expect(row).toContainText('corrected p 0.08');
  await expect(row).toContainText('INCONCLUSIVE');
  await expect(page.getByRole('list', { name: 'Checks' })).toContainText(
    'failed: changed after the test set was opened',
  );
  await expect(page.getByText(afterLook[0]!)).toBeVisible();
  await panel.tab('Compare');
  await expect(page.locator('.arms-forest').getByText('corrected p 0.08')).toBeVisible();
});

test('a student that distillation made worse is reported as such', async ({ page }) => {
  const panel = await Panel.open(page);
  const snapshot = snapshots.finished(false);
  snapshot.summary!.comparisons[0]!.verdict = 'HURTS';
  await panel.show(snapshot);
  await expect(page.getByRole('heading', { name: 'HURTS' })).toBeVisible();
});

test('while it trains nothing of the test set is shown', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.running());
  const row = page.getByRole('row', { name: /^Test accuracy/ });
  await expect(row.getByText('sealed')).toHaveCount(3);
  await expect(page.getByRole('progressbar', { name: 'Distilled, seed 2' })).toHaveAttribute(
    'aria-valuenow',
    '61',
  );
  await expect(page.getByRole('heading', { name: 'No verdict yet' })).toBeVisible();
});

test('text from the workspace is never markup', async ({ page }) => {
  const panel = await Panel.open(page);
  const snapshot = snapshots.failed();
  const evil = '<img src=x onerror="window.hacked=1"><b>**bold**</b>';
  snapshot.experiment = evil;
  snapshot.stateText = evil;
  snapshot.problems.push({ severity: 'warning', text: evil, details: evil, actions: [] });
  snapshot.summary?.comparisons.forEach((c) => (c.sentence = evil));
  snapshot.runs.forEach((r) => (r.title = evil + r.id));
  await panel.show(snapshot);
  await expect(page.locator('h1')).toHaveText(evil);
  await expect(page.locator('.sentence')).toHaveText('<img src=x onerror="window.hacked=1"><b>bold</b>');
  expect(await page.evaluate(() => document.querySelectorAll('img').length)).toBe(0);
  expect(await panel.violations()).toEqual([]);
});

test('tabs go by arrow keys, Home and End', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.finished());
  await page.getByRole('tab', { name: 'Overview' }).focus();
  for (const [key, name] of [
    ['ArrowRight', 'Losses'],
    ['End', 'Run'],
    ['ArrowRight', 'Overview'],
    ['ArrowLeft', 'Run'],
    ['Home', 'Overview'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('tab', { name })).toBeFocused();
    await expect(page.getByRole('tabpanel', { name })).toBeVisible();
  }
});

test('another run is chosen from the list or from a cell of the seeds', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.finished());
  await page.getByRole('combobox', { name: 'Run shown' }).click();
  await page.getByRole('option', { name: 'KD T 4 · α 0.9 · seed 3' }).click();
  expect(await panel.received('select')).toMatchObject({ run: snapshots.folderOf('kd', 3) });
  const cell = page.getByRole('button', { name: 'Scratch, seed 1: 91.3' });
  await cell.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Distilled, seed 1: 94.0' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await panel.received('select')).run).toBe(snapshots.folderOf('kd', 1));
});

test('the button that trains one run again is beside the run and names it', async ({ page }) => {
  const panel = await Panel.open(page);
  const finished = snapshots.finished();
  await panel.show(finished);
  await page.getByRole('tab', { name: 'Run', exact: true }).click();
  await page.getByText('Train This Run Again…').click();
  expect(await panel.received('command')).toMatchObject({ command: 'runSeed', run: finished.shown });
});

test('the button at the top says what can be done in each state', async ({ page }) => {
  const panel = await Panel.open(page);
  const action = page.locator('header vscode-button');
  await panel.show(snapshots.finished());
  await expect(action).toHaveText('Run again');
  await action.click();
  expect(await panel.received('command')).toMatchObject({ command: 'run', run: null });
  await panel.show(snapshots.running());
  await action.click();
  expect(await panel.received('command')).toMatchObject({ command: 'stop' });
  await panel.show({ ...snapshots.running(), state: 'stopping', stateText: 'Ends after this step' });
  await expect(action).toHaveText('Stopping…');
  await panel.show({ ...snapshots.failed(), state: 'interrupted' });
  await action.click();
  await expect.poll(async () => (await panel.received('command')).command).toBe('resume');
  await panel.show({ ...snapshots.empty(), trusted: false });
  await expect(page.getByText('this workspace is not trusted')).toBeVisible();
  await expect(action).toHaveAttribute('disabled');
});

test('where the native engine was not used, it is set up from there, unless the folder is not trusted', async ({
  page,
}) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.finished());
  await page.getByRole('button', { name: 'Why not native?' }).click();
  const setUp = page.getByRole('button', { name: 'Set Up Native Engine…' });
  await setUp.click();
  expect(await panel.received('command')).toMatchObject({ command: 'setUpEngine', run: null });
  await panel.show({ ...snapshots.finished(), trusted: false });
  await expect(setUp).toHaveCount(0);
});
