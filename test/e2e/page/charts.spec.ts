import { type Page, expect, test } from '@playwright/test';
import { finished, overlay, running } from '../../fixtures/snapshots';
import { Panel } from './panel';

async function open(page: Page): Promise<Panel> {
  const panel = await Panel.open(page, 'Dark Modern', { tab: 'losses', smoothing: 0 });
  await panel.show(finished());
  return panel;
}

test('one cursor for all charts, read in a line above them', async ({ page }) => {
  const panel = await open(page);
  const canvas = panel.chart('loss').locator('canvas');
  const readout = page.locator('.readout');
  await canvas.focus();
  await page.keyboard.press('Home');
  await expect(readout).toHaveAttribute('data-step', '1');
  await page.keyboard.press('ArrowRight');
  await expect(readout).toHaveAttribute('data-step', '2');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(readout).toHaveAttribute('data-step', '12');
  const shown = finished().curves[0]!;
  await expect(readout.locator('[data-series=distillation]')).toHaveAttribute(
    'data-value',
    String(shown.raw.distillation!.y[11]),
  );
  await expect(panel.chart('loss').getByRole('status')).toContainText('step 12, distillation');
  await expect.poll(async () => (await panel.state()).cursor).toBe(12);
  await page.keyboard.press('Escape');
  await expect(readout).toHaveAttribute('data-step', '560');
});

test('the pointer moves the cursor, a click keeps it', async ({ page }) => {
  const panel = await open(page);
  const readout = page.locator('.readout');
  const box = (await panel.chart('accuracy').locator('canvas').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.4, box.y + 80);
  await expect(readout).not.toHaveAttribute('data-step', '560');
  const step = await readout.getAttribute('data-step');
  await page.mouse.click(box.x + box.width * 0.4, box.y + 80);
  await page.mouse.move(2, 2);
  await expect(readout).toHaveAttribute('data-step', step!);
});

test('a chart as a table has the same numbers', async ({ page }) => {
  const panel = await open(page);
  const figure = panel.chart('accuracy');
  await figure.locator('canvas').press('t');
  const rows = figure.locator('tbody tr');
  const line = finished().curves[0]!.validationAccuracy;
  await expect(rows).toHaveCount(line.x.length);
  await expect(figure.locator('thead th')).toHaveText(['step', 'scratch', 'distilled']);
  const last = Number(await rows.last().locator('td').last().getAttribute('data-value'));
  expect(last).toBeCloseTo(100 * line.y.at(-1)!, 9);
  await figure.getByRole('button', { name: 'Validation accuracy as a table' }).click();
  await expect(figure.locator('canvas')).toBeVisible();
  expect((await figure.locator('canvas').screenshot()).length).toBeGreaterThan(2500);
});

test('exports: CSV has every number, SVG and PNG are pictures', async ({ page }) => {
  const panel = await open(page);
  const figure = panel.chart('loss');
  const choose = async (title: string) => {
    await figure.getByRole('button', { name: 'Export Training loss' }).click();
    await page.getByRole('menuitem', { name: title }).click();
  };
  await choose('CSV data');
  const csv = await panel.received('saveText');
  const lines = csv.text.trim().split('\r\n');
  expect(csv.name).toBe('few-labels-loss.csv');
  expect(lines[0]).toBe('step,distillation,student,total');
  expect(lines).toHaveLength(561);
  expect(Number(lines[100]!.split(',')[1])).toBe(finished().curves[0]!.raw.distillation!.y[99]);
  await choose('PNG picture');
  expect((await panel.received('saveImage')).dataUrl).toMatch(/^data:image\/png;base64,iVBOR/);
  await panel.send({ type: 'exportChart', format: 'svg' });
  await expect.poll(async () => (await panel.received('saveImage')).name).toBe('few-labels-loss.svg');
  const svg = Buffer.from((await panel.received('saveImage')).dataUrl.split(',')[1]!, 'base64').toString();
  expect(svg).toContain('distillation T²·KL');
  await panel.send({ type: 'exportTable' });
  await expect.poll(async () => (await panel.received('saveText')).name).toBe('few-labels-results.csv');
});

test('zoom by key and by drag, and back', async ({ page }) => {
  const panel = await open(page);
  const canvas = panel.chart('loss').locator('canvas');
  await canvas.focus();
  await page.keyboard.press('+');
  await expect.poll(async () => (await panel.state()).zoom).toHaveProperty('loss');
  await page.keyboard.press('0');
  await expect.poll(async () => (await panel.state()).zoom).toEqual({});
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 250, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await panel.state()).zoom).toHaveProperty('loss');
  await page.getByRole('button', { name: 'reset zoom' }).click();
  await expect.poll(async () => (await panel.state()).zoom).toEqual({});
});

test('another run is overlaid and removed again', async ({ page }) => {
  const panel = await open(page);
  await page.getByRole('button', { name: 'Compare run…' }).click();
  await page.getByRole('menuitem', { name: 'KD T 1 · α 0.9 · seed 0' }).click();
  expect(await panel.received('select')).toMatchObject({ overlays: [overlay.run] });
  const snapshot = finished();
  await panel.show({ ...snapshot, curves: [...snapshot.curves, overlay] });
  await expect(page.locator('.notes')).toContainText('another temperature: its loss is on another scale');
  await page.getByRole('button', { name: 'Remove KD T 1 · α 0.9 · seed 0' }).click();
  await expect.poll(async () => (await panel.received('select')).overlays).toEqual([]);
});

test('after a reload the saved state and one snapshot restore the page', async ({ page }) => {
  const panel = await open(page);
  await page.getByRole('button', { name: 'Weighted' }).click();
  await page.getByRole('button', { name: 'Linear' }).click();
  await page.getByRole('slider', { name: 'Smoothing' }).fill('0.5');
  await panel.chart('loss').locator('canvas').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('+');
  await panel.chart('agreement').locator('canvas').press('t');
  const picture = async () => {
    await page.mouse.move(2, 2);
    await panel.settle();
    return page.evaluate(() => ({
      text: [...document.querySelectorAll('header .state, .readout, figcaption, .chart-table, .notes')].map(
        (part) => (part as HTMLElement).innerText,
      ),
      canvases: [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()),
    }));
  };
  const before = await picture();
  expect(before.canvases).toHaveLength(3);
  await page.reload();
  await panel.received('ready');
  await panel.show(finished());
  expect(await picture()).toEqual(before);
  expect(await panel.state()).toMatchObject({ file: finished().file, weighting: 'weighted', smoothing: 0.5 });
});

test('a burst of snapshots ends in the last one, and digits change at most twice a second', async ({
  page,
}) => {
  const panel = await Panel.open(page);
  await panel.show(running(100));
  const changes = await page.evaluate(
    async (burst) => {
      let seen = 0;
      const bar = document.querySelector('[role=progressbar]')!;
      new MutationObserver((records) => (seen += records.length)).observe(bar, {
        attributes: true,
        attributeFilter: ['aria-valuenow'],
      });
      const start = performance.now();
      const answers = Math.max(...window.fake.posted.map((one) => ('request' in one ? one.request : 0)));
      for (const snapshot of burst) {
        window.postMessage({ type: 'snapshot', snapshot: { ...snapshot, answers } }, '*');
        await new Promise((done) => setTimeout(done, 20));
      }
      const lasted = performance.now() - start;
      await new Promise((done) => setTimeout(done, 1200));
      return { seen, allowed: Math.ceil((lasted + 1200) / 500) + 1 };
    },
    Array.from({ length: 60 }, (_, i) => running(100 + 5 * i)),
  );
  expect(changes.seen).toBeGreaterThan(0);
  expect(changes.seen).toBeLessThanOrEqual(changes.allowed);
  await expect(page.locator('.progress')).toContainText('step 395 of 560');
  await panel.tab('Losses');
  await expect(page.locator('.readout')).toHaveAttribute('data-step', '395');
});

test('the scale of y stays while the pointer is on the chart', async ({ page }) => {
  const panel = await Panel.open(page, 'Dark Modern', { tab: 'losses' });
  await panel.show(running(40));
  const svg = async () => {
    await panel.send({ type: 'exportChart', format: 'svg' });
    await panel.settle();
    const images = (await panel.posted()).filter((m) => m.type === 'saveImage');
    const text = Buffer.from(images.at(-1)!.dataUrl.split(',')[1]!, 'base64').toString();
    return [...text.matchAll(/text-anchor="end">([^<]+)</g)].map((match) => match[1]).join(' ');
  };
  const at40 = await svg();
  await panel.chart('loss').locator('canvas').hover();
  await panel.show(running(540));
  expect(await svg()).toBe(at40);
  await page.mouse.move(2, 2);
  await panel.settle();
  expect(await svg()).not.toBe(at40);
});
