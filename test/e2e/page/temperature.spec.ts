import { type Page, expect, test } from '@playwright/test';
import { finished, probes } from '../../fixtures/snapshots';
import { Panel } from './panel';

/** By the definition, on purpose without the project's own function. */
function softmax(logits: number[], temperature: number): number[] {
  const powers = logits.map((z) => Math.exp(z / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

const example = probes[2]!;

async function open(page: Page): Promise<Panel> {
  const panel = await Panel.open(page, 'Dark Modern', { tab: 'temperature', example: example.row });
  await panel.show(finished());
  return panel;
}

/** Percentages as the table has them, unrounded: teacher and student. */
async function bars(panel: Panel): Promise<[number[], number[]]> {
  const values = await panel
    .chart('softTargets')
    .locator('td')
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
  return [values.filter((_, i) => i % 2 === 0), values.filter((_, i) => i % 2 === 1)];
}

test('the bars take the values of softmax(z / T) as the slider moves', async ({ page }) => {
  const panel = await open(page);
  const slider = page.getByRole('slider', { name: 'Temperature' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'T 4');
  await panel.chart('softTargets').getByRole('button', { name: 'Soft targets as a table' }).click();
  const steps: [string, number][] = [
    ['', 4],
    ['PageUp', 8],
    ['PageUp', 16],
    ['PageDown', 8],
    ['End', 100],
    ['Home', 0.5],
  ];
  for (const [key, temperature] of steps) {
    if (key) await slider.press(key);
    await expect(slider).toHaveAttribute('aria-valuetext', `T ${temperature}`);
    await expect(async () => {
      const [teacher, student] = await bars(panel);
      softmax(example.teacher!, temperature).forEach((p, c) => expect(teacher[c]).toBeCloseTo(100 * p, 6));
      softmax(example.student!, temperature).forEach((p, c) => expect(student[c]).toBeCloseTo(100 * p, 6));
    }).toPass({ timeout: 30_000 });
  }
  await slider.press('ArrowRight');
  await expect
    .poll(async () => Math.log(((await panel.state()).temperature as number) / 0.5))
    .toBeCloseTo(Math.log(1.01), 3);
});

test('the bars are as high as their values', async ({ page }) => {
  const panel = await open(page);
  const export_ = panel.chart('softTargets').getByRole('button', { name: 'Export Soft targets' });
  await export_.click();
  await page.getByRole('menuitem', { name: 'SVG picture' }).click();
  const { dataUrl, name } = await panel.received('saveImage');
  expect(name).toBe('few-labels-soft-targets-T4.svg');
  const svg = Buffer.from(dataUrl.split(',')[1]!, 'base64').toString('utf8');
  const heights = await page.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [...picture.querySelectorAll('svg > g > rect')].map((bar) => Number(bar.getAttribute('height')));
  }, svg);
  expect(heights).toHaveLength(20);
  const wanted = [...softmax(example.teacher!, 4), ...softmax(example.student!, 4)];
  const scale = heights.reduce((a, b) => a + b) / 2;
  heights.forEach((height, i) => expect(height / scale).toBeCloseTo(wanted[i]!, 2));
});

test('the sentence says the three likeliest classes', async ({ page }) => {
  await open(page);
  const soft = softmax(example.teacher!, 4);
  const top = soft.map((p, c) => [p, c] as const).sort((a, b) => b[0] - a[0]);
  const entropy = soft.reduce((sum, p) => sum - p * Math.log2(p), 0);
  const said = page.locator('.said');
  await expect(said).toContainText(
    `The teacher says ${top
      .slice(0, 3)
      .map(([p, c]) => `${c} ${(100 * p).toFixed(0)} %`)
      .join(', ')}`,
  );
  await expect(said).toContainText(`${(2 ** entropy).toFixed(1)} effective classes`);
});

test('another example is chosen by its drawing; a key on a curve moves T', async ({ page }) => {
  const panel = await open(page);
  const before = await page.locator('.said').textContent();
  await page.getByRole('radio', { name: 'Class 7, 1' }).check({ force: true });
  await expect(page.locator('.said')).not.toHaveText(before ?? '');
  await expect.poll(async () => (await panel.state()).example).toBe(probes[7]!.row);
  await panel.chart('softness').locator('canvas').focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('slider', { name: 'Temperature' })).toHaveAttribute('aria-valuetext', 'T 100');
});

test('inputs that are no pictures get their class as a label', async ({ page }) => {
  const panel = await open(page);
  const snapshot = finished();
  snapshot.probes = probes.map((p) => ({ ...p, shape: [20], input: p.input.slice(0, 20) }));
  await panel.show(snapshot);
  await expect(page.locator('.examples canvas')).toHaveCount(0);
  await expect(page.locator('.thumbnails label').first()).toHaveText('0');
});
