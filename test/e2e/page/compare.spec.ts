import { expect, test } from '@playwright/test';
import * as snapshots from '../../fixtures/snapshots';
import { sweep, withOthers } from '../../fixtures/sweepSnapshot';
import { violationsOf } from './axe';
import { Panel, themeNames } from './panel';

const noSidewaysScroll = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

test('with one method, the page says how to add another', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.finished(false));
  await panel.tab('Compare');
  await expect(page.getByText('One method so far.')).toBeVisible();
  await page.getByRole('button', { name: 'Add a Method…' }).click();
  expect(await panel.received('command')).toMatchObject({ command: 'openConfig' });
});

test('one table lists every arm, sorted by any column', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(sweep());
  await panel.tab('Compare');
  const table = page.getByRole('region', { name: 'Methods' });
  const names = table.locator('tbody th[scope=row]');
  await expect(names).toHaveCount(32);
  await expect(names.first()).toContainText('KD T 4 · α 0.9 · units 16');
  await expect(table.getByRole('columnheader', { name: 'Accuracy' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await table.getByRole('button', { name: 'Accuracy' }).click();
  await expect(table.getByRole('columnheader', { name: 'Accuracy' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(names.first()).toContainText('Scratch · units 8');
  await table.getByRole('button', { name: 'Method' }).click();
  await expect(names.first()).toContainText('KD T 1 · α 0.5 · units 8');
});

test('arms are filtered by role and by words, and the filter is saved', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(sweep());
  await panel.tab('Compare');
  const rows = page.getByRole('region', { name: 'Methods' }).locator('tbody tr');
  await page.getByRole('searchbox', { name: 'Filter arms by words' }).fill('t 4 units 16');
  await expect(rows).toHaveCount(3);
  await page.getByRole('button', { name: 'Listed', exact: true }).click();
  await expect(page.getByText(/No arm matches the filter/)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter arms by words' }).fill('');
  await expect(rows).toHaveCount(2);
  await expect.poll(async () => (await panel.state())['armFilter']).toEqual({ role: 'listed', text: '' });
});

test('the sweep: values are left out one by one, ranges are dragged, the chosen cell is named', async ({
  page,
}) => {
  const panel = await Panel.open(page);
  await panel.show(sweep());
  await panel.tab('Compare');
  const chart = panel.chart('parallel');
  await expect(chart.locator('polyline')).toHaveCount(30);
  await expect(chart.getByText('chosen', { exact: true })).toBeVisible();
  await chart
    .getByRole('group', { name: 'Filter T' })
    .getByRole('button', { name: '20', exact: true })
    .click();
  await expect(chart.locator('polyline')).toHaveCount(24);
  await expect(chart.locator('figcaption')).toContainText('24 of 30 shown');
  const handle = chart.locator('.axis-handle').last();
  const box = (await handle.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  await page.mouse.up();
  await expect.poll(() => chart.locator('polyline').count()).toBeLessThan(24);
  expect(await chart.locator('polyline').count()).toBeGreaterThan(0);
  await chart.getByRole('button', { name: 'Clear filters' }).click();
  await expect(chart.locator('polyline')).toHaveCount(30);
});

test('a measure against a parameter has a dot for every seed', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(sweep());
  await panel.tab('Compare');
  // 30 cells of 4 seeds, and 2 scratches of 4 at each of 5 temperatures.
  await expect(panel.chart('against').locator('circle')).toHaveCount(160);
  await page.getByRole('combobox', { name: 'Swept parameter' }).click();
  await page.getByRole('option', { name: 'units' }).click();
  await expect(panel.chart('against').getByRole('heading')).toHaveText('Accuracy against units');
  await expect(panel.chart('against').locator('circle')).toHaveCount(128);
  await page.getByRole('combobox', { name: 'Measure' }).click();
  await page.getByRole('option', { name: 'NLL' }).click();
  await expect(panel.chart('against').getByRole('heading')).toHaveText('NLL against units');
});

test('arms of other experiments are in the table where comparable; otherwise the reason is shown', async ({
  page,
}) => {
  const panel = await Panel.open(page);
  await panel.show(withOthers());
  await panel.send({ type: 'open', tab: 'compare' });
  await expect(page.getByRole('tabpanel', { name: 'Compare' })).toBeVisible();
  expect(await panel.received('tab')).toMatchObject({ type: 'tab', tab: 'compare' });
  const table = page.getByRole('region', { name: 'Methods' });
  await expect(table.getByRole('row', { name: /Logit matching logits/ })).toBeVisible();
  await expect(table.getByText('fashion')).toHaveCount(0);
  await expect(page.getByRole('alert')).toContainText('few-labels and fashion have different data');
  await page.getByRole('button', { name: 'Remove Logit matching, fashion' }).click();
  expect(await panel.received('compare')).toMatchObject({
    type: 'compare',
    arms: ['/w/logits.distill.json#logits'],
  });
});

test('tables and pictures are exported as SVG, PNG and CSV', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(sweep());
  await panel.tab('Compare');
  for (const [title, name, lines] of [
    ['Methods', 'few-labels-methods', 32 * 4],
    ['Size against accuracy', 'few-labels-parameters-accuracy', 33],
    ['All cells of the sweep', 'few-labels-sweep', 30],
    ['Accuracy against T', 'few-labels-accuracy-T', 160],
  ] as const) {
    const menu = page.getByRole('button', { name: `Export ${title}` });
    await menu.click();
    await page.getByRole('menuitem', { name: 'CSV data' }).click();
    await expect.poll(async () => (await panel.received('saveText')).name).toBe(`${name}.csv`);
    const { text } = await panel.received('saveText');
    expect(text.trimEnd().split('\r\n'), title).toHaveLength(lines + 1);
    for (const format of ['SVG', 'PNG'] as const) {
      await menu.click();
      await page.getByRole('menuitem', { name: `${format} picture` }).click();
      const file = `${name}.${format.toLowerCase()}`;
      await expect
        .poll(async () => (await panel.posted()).some((m) => m.type === 'saveImage' && m.name === file))
        .toBe(true);
      const { dataUrl } = await panel.received('saveImage');
      const bytes = Buffer.from(dataUrl.split(',')[1]!, 'base64');
      if (format === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      else expect(bytes.toString()).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<\/svg>$/);
      expect(bytes.length).toBeGreaterThan(2000);
    }
  }
  await panel.chart('size').locator('svg.picture').focus();
  await panel.send({ type: 'exportChart', format: 'csv' });
  await expect
    .poll(async () => (await panel.received('saveText')).name)
    .toBe('few-labels-parameters-accuracy.csv');
  expect(await panel.violations()).toEqual([]);
});

test('a picture is a table by T or its button, with the same numbers', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(sweep());
  await panel.tab('Compare');
  await panel.chart('size').locator('svg.picture').focus();
  await page.keyboard.press('t');
  const table = page.getByRole('region', { name: 'Size against accuracy, table' });
  await expect(table.getByRole('row')).toHaveCount(34);
  await expect(table.getByRole('row', { name: /^MLP 64-256-256-10/ })).toContainText('28,830');
});

for (const width of [1200, 520])
  test(`fits ${width} px without a sideways scroll`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const panel = await Panel.open(page);
    for (const snapshot of [sweep(), withOthers(), snapshots.running()]) {
      await panel.show(snapshot);
      await panel.tab('Compare');
      expect(await page.evaluate(noSidewaysScroll)).toBeLessThanOrEqual(0);
    }
    expect(panel.errors).toEqual([]);
  });

for (const theme of themeNames)
  test(`axe finds nothing serious in ${theme}`, async ({ page }) => {
    const panel = await Panel.open(page, theme);
    for (const snapshot of [sweep(), withOthers()]) {
      await panel.show(snapshot);
      await panel.tab('Compare');
      expect(await violationsOf(page)).toEqual([]);
    }
  });
