import { type Page, expect, test } from '@playwright/test';
import { laboratory, oneTemperature } from '../../fixtures/laboratory';
import { finished, folderOf, probes } from '../../fixtures/snapshots';
import { violationsOf } from './axe';
import { Panel, themeNames } from './panel';

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

/** Percentages as the table has them, unrounded: teacher, student and scratch. */
async function bars(panel: Panel): Promise<[number[], number[], number[]]> {
  const values = await panel
    .chart('softTargets')
    .locator('td')
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
  const column = (at: number) => values.filter((_, i) => i % 3 === at);
  return [column(0), column(1), column(2)];
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
      const [teacher, student, scratch] = await bars(panel);
      softmax(example.teacher!, temperature).forEach((p, c) => expect(teacher[c]).toBeCloseTo(100 * p, 6));
      softmax(example.student!, temperature).forEach((p, c) => expect(student[c]).toBeCloseTo(100 * p, 6));
      softmax(example.scratch!, temperature).forEach((p, c) => expect(scratch[c]).toBeCloseTo(100 * p, 6));
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
  expect(heights).toHaveLength(30);
  const networks = [example.teacher!, example.student!, example.scratch!];
  const wanted = networks.flatMap((logits) => softmax(logits, 4));
  const scale = heights.reduce((a, b) => a + b) / 3;
  heights.forEach((height, i) => expect(height / scale).toBeCloseTo(wanted[i]!, 2));
});

test('the sentence names the three likeliest classes', async ({ page }) => {
  await open(page);
  const soft = softmax(example.teacher!, 4);
  const top = soft.map((p, c) => [p, c] as const).sort((a, b) => b[0] - a[0]);
  const entropy = soft.reduce((sum, p) => sum - p * Math.log2(p), 0);
  const said = page.locator('.said');
  await expect(said).toContainText(
    `Teacher: ${top
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

test('inputs that are not pictures are labelled with their class', async ({ page }) => {
  const panel = await open(page);
  const snapshot = finished();
  snapshot.probes = probes.map((p) => ({ ...p, shape: [20], input: p.input.slice(0, 20) }));
  await panel.show(snapshot);
  await expect(page.locator('.examples canvas')).toHaveCount(0);
  await expect(page.locator('.thumbnails label').first()).toHaveText('0');
});

test('while predictions are read nothing else stands in for them, and a remembered row is waited for', async ({
  page,
}) => {
  const panel = await Panel.open(page, 'Dark Modern', { tab: 'temperature', example: 777 });
  await panel.show({ ...finished(), laboratoryRead: false });
  await expect(page.getByText('Reading the predictions on the validation examples…')).toBeVisible();
  await expect(page.getByText('Reading the example…')).toBeVisible();
  await expect(panel.chart('softness')).toHaveCount(0);
  const found = { ...probes[0]!, student: probes[0]!.student!, row: 777, part: 'validation' as const };
  const read = { ...finished(), laboratory: laboratory(), example: { row: 777, found, problem: null } };
  await panel.show(read);
  await expect(panel.chart('softness')).toBeVisible();
  await expect(page.getByText('row 777, from validation')).toBeVisible();
  await expect(page.getByText('Reading the predictions on the validation examples…')).toHaveCount(0);
});

test('any row can be requested: it is shown once read, or the reason why not', async ({ page }) => {
  const panel = await open(page);
  await page.getByRole('spinbutton', { name: 'Row of the data set' }).fill('777');
  await page.getByRole('button', { name: 'Show row' }).click();
  await expect.poll(async () => (await panel.received('example')).row).toBe(777);
  const said = page.locator('.examples form [role=status]');
  const found = { ...probes[5]!, row: 777, part: 'test' as const, student: probes[5]!.student! };
  await panel.show({ ...finished(), example: { row: 777, found: null, problem: null } });
  await expect(said).toHaveText('Reading row 777…');
  await panel.show({ ...finished(), example: { row: 777, found, problem: null } });
  await expect(page.locator('.examples h2')).toContainText('row 777, from test');
  await expect(page.locator('.examples')).toContainText('True class 5.');
  const problem = 'Row 777 is in the training part, of which no answers are kept.';
  await panel.show({ ...finished(), example: { row: 777, found: null, problem } });
  await expect(said).toHaveText(problem);
  // A probe is there already: nothing is asked of the host any more.
  await page.getByRole('radio', { name: 'Class 7, 1' }).check({ force: true });
  await expect.poll(async () => (await panel.received('example')).row).toBe(null);
});

test('the wrong classes are listed in each network’s order', async ({ page }) => {
  await open(page);
  const order = (logits: number[]) =>
    logits
      .map((z, c) => [z, c] as const)
      .filter(([, c]) => c !== example.label)
      .sort((a, b) => b[0] - a[0])
      .map(([, c]) => String(c));
  const table = page.getByRole('region', { name: 'Order of the wrong classes' });
  for (const who of ['teacher', 'student', 'scratch'] as const) {
    const cells = table.getByRole('row', { name: who }).getByRole('cell');
    const said = (await cells.allTextContents()).slice(0, 5).map((text) => text.replace('≠ ', ''));
    expect(said).toEqual(order(example[who]!).slice(0, 5));
  }
});

test('with one temperature, a button starts a sweep', async ({ page }) => {
  const panel = await open(page);
  await panel.show({ ...finished(), laboratory: oneTemperature() });
  await expect(page.getByText('One temperature so far, T 4.')).toBeVisible();
  await page.getByRole('button', { name: 'Sweep T × α…' }).click();
  expect(await panel.received('command')).toMatchObject({ command: 'sweep' });
});

test('the table of a sweep has the gains of every cell, and a cell shows its run', async ({ page }) => {
  const panel = await open(page);
  const sweep = laboratory([8, 16]);
  await panel.show({ ...finished(), laboratory: sweep });
  await expect(page.locator('.which .sentence')).toContainText('T 8, α 1: +5.7 pp');
  const table = page.getByRole('region', { name: 'Gain over scratch, T × α' });
  await expect(table.getByRole('button')).toHaveCount(15);
  const cell = sweep.cells.cells.find(({ slug }) => slug === 'kd-t4-a0.5-h16')!;
  const mean = cell.seeds.reduce((sum, { gain }) => sum + gain.accuracy!, 0) / 5;
  const button = table.getByRole('button', { name: /^KD T 4 · α 0\.5: / });
  await expect(button).toContainText(`+${(100 * mean).toFixed(1)}`);
  await button.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await panel.received('select')).run).toBe(folderOf('kd-t8-a0.5', 0));

  await page.getByRole('button', { name: 'ECE' }).click();
  await expect(button).toContainText(`−${((100 * mean) / 3).toFixed(1)}`);
  await page.getByRole('button', { name: 'Accuracy' }).click();
  await page.getByRole('button', { name: 'T × units' }).click();
  await expect(page.getByRole('region', { name: 'T × units' })).toContainText(/9\d\.\d\s?%/);
  await expect(
    page.getByRole('region', { name: 'Gain over scratch, T × units' }).getByRole('button'),
  ).toHaveCount(10);
  await page.getByRole('button', { name: 'Export the settings as CSV' }).click();
  expect((await panel.received('saveText')).text.trim().split('\r\n')).toHaveLength(1 + 30 * 5);
});

for (const width of [1200, 520])
  test(`with everything that there is: axe clean in every theme, no sideways scroll at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const panel = await open(page);
    await panel.show({ ...finished(), laboratory: laboratory([8, 16]) });
    for (const theme of themeNames) {
      await panel.setTheme(theme);
      await panel.settle();
      expect(await violationsOf(page), theme).toEqual([]);
    }
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    expect(panel.errors).toEqual([]);
  });
