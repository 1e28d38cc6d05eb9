import { expect, test } from '@playwright/test';
import * as snapshots from '../../fixtures/snapshots';
import { violationsOf } from './axe';
import { classes } from './classesOf';
import { Panel, themeNames } from './panel';

const noSidewaysScroll = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const withClasses = (of = 10, missing = false) => {
  const snapshot = snapshots.finished();
  snapshot.summary!.classes = Array.from({ length: of }, (_, i) => (of > 10 ? `class ${i}` : String(i)));
  return { ...snapshot, classes: classes(of, missing) };
};

test('before a seed has finished, the page says when results appear', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(snapshots.empty());
  await panel.tab('Classes');
  await expect(page.getByText('No predictions yet: a run saves them when it finishes.')).toBeVisible();
  expect(await panel.received('tab')).toMatchObject({ type: 'tab', tab: 'classes' });
});

test('the confusion matrix prints each sign, and shows each network by itself', async ({ page }) => {
  const panel = await Panel.open(page);
  const snapshot = withClasses();
  await panel.show(snapshot);
  await panel.tab('Classes');
  const table = page.getByRole('region', { name: /^Confusion/ }).getByRole('table');
  const cell = (row: number, column: number) => table.locator('tbody tr').nth(row).locator('td').nth(column);
  await expect(table.locator('tbody td')).toHaveCount(100);
  const { distilled, scratch } = snapshot.classes.confusion!;
  const change = distilled[4]![4]! - scratch![4]![4]!;
  await expect(cell(4, 4)).toHaveText(`+${change.toFixed(1)}`);
  await page.getByRole('button', { name: 'Scratch', exact: true }).click();
  await expect(cell(4, 4)).toHaveText(scratch![4]![4]!.toFixed(1));
});

test('classes are ordered by gain, and the table has the numbers', async ({ page }) => {
  const panel = await Panel.open(page);
  const snapshot = withClasses();
  await panel.show(snapshot);
  await panel.tab('Classes');
  await panel.chart('perClass').getByRole('button', { name: 'Accuracy per class as a table' }).click();
  const rows = page.getByRole('region', { name: 'Accuracy per class, table' }).locator('tbody tr');
  await expect(rows).toHaveCount(10);
  const gains = snapshot.classes.perClass.map((row) => row.gain!);
  expect(gains).toEqual([...gains].sort((a, b) => b - a));
  await expect(rows.first()).toContainText(`+${(100 * gains[0]!).toFixed(1)}`);
});

test('the bias of a class that was left out: slider, fitted, and the paper’s way apart', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(withClasses(10, true));
  await panel.tab('Classes');
  await expect(page.getByRole('heading', { name: 'Class 3 left out of the transfer set' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^on test itself, as in the paper/ })).toBeVisible();
  const slider = page.getByRole('slider');
  const before = await slider.inputValue();
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).not.toHaveValue(before);
  await expect.poll(async () => (await panel.state())['bias']).toBeCloseTo(Number(before) + 0.1, 6);
  await page.getByRole('button', { name: 'As fitted' }).click();
  await expect(slider).toHaveValue(before);
  await panel.show(withClasses());
  await expect(page.getByRole('slider')).toHaveCount(0);
});

test('disagreements show the input, the label and every prediction', async ({ page }) => {
  const panel = await Panel.open(page);
  const snapshot = withClasses();
  await panel.show(snapshot);
  await panel.tab('Classes');
  const items = page.locator('.disagreements li');
  await expect(items).toHaveCount(12);
  await expect(items.first().getByRole('img')).toBeVisible();
  const [first] = snapshot.classes.disagreements!.shown;
  await expect(items.first()).toContainText(
    `scratch ${first!.scratch.class} ${Math.round(100 * first!.scratch.probability)}`,
  );
  await page.getByRole('button', { name: 'Show 24' }).click();
  await expect(items).toHaveCount(24);
});

test('of 40 classes: the 20 most changed pairs, and 12 classes with the others', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(withClasses(40));
  await panel.tab('Classes');
  await expect(page.getByRole('region', { name: 'Most changed pairs' }).locator('tbody tr')).toHaveCount(20);
  await expect(panel.chart('perClass').getByText('28 others')).toBeVisible();
});

test('everything drawn is exported', async ({ page }) => {
  const panel = await Panel.open(page);
  await panel.show(withClasses(10, true));
  await panel.tab('Classes');
  for (const [title, name] of [
    ['Confusion, distilled − scratch', 'few-labels-confusion-distilled-scratch'],
    ['Accuracy per class', 'few-labels-per-class'],
    ['Reliability', 'few-labels-reliability'],
    ['Class 3 left out of the transfer set', 'few-labels-bias'],
    ['Scratch and distilled disagree', 'few-labels-disagreements'],
  ] as const)
    for (const [format, item] of [
      ['csv', 'CSV data'],
      ['svg', 'SVG picture'],
      ['png', 'PNG picture'],
    ] as const) {
      await page.getByRole('button', { name: `Export ${title}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await expect
        .poll(async () => (await panel.posted()).some((m) => 'name' in m && m.name === `${name}.${format}`))
        .toBe(true);
    }
  expect(await panel.violations()).toEqual([]);
  expect(panel.errors).toEqual([]);
});

for (const width of [1200, 520])
  test(`fits ${width} px without a sideways scroll`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const panel = await Panel.open(page);
    for (const snapshot of [withClasses(10, true), withClasses(40)]) {
      await panel.show(snapshot);
      await panel.tab('Classes');
      expect(await page.evaluate(noSidewaysScroll)).toBeLessThanOrEqual(0);
    }
  });

for (const theme of themeNames)
  test(`axe finds nothing serious in ${theme}`, async ({ page }) => {
    const panel = await Panel.open(page, theme);
    for (const snapshot of [withClasses(10, true), withClasses(40)]) {
      await panel.show(snapshot);
      await panel.tab('Classes');
      expect(await violationsOf(page)).toEqual([]);
    }
  });
