import { expect, test } from '@playwright/test';
import { Panel, themeNames } from './panel';

type Rgb = [number, number, number];

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

for (const theme of themeNames)
  test(`series colours in ${theme}: opaque, apart, readable`, async ({ page }) => {
    await Panel.open(page, theme);
    const read = (token: string) =>
      page.evaluate((name) => {
        const probe = document.body.appendChild(document.createElement('span'));
        probe.style.color = `var(--${name}, transparent)`;
        const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        probe.remove();
        return [...canvas.getImageData(0, 0, 1, 1).data];
      }, token);
    const background = (await read('page-background')).slice(0, 3) as Rgb;
    const rgb = async (token: string) => {
      const [r, g, b, opacity] = await read(token);
      expect(opacity, `${token} is opaque`).toBe(255);
      return [r, g, b] as Rgb;
    };
    const lines: Rgb[] = [];
    for (const hue of ['teacher', 'labels', 'neutral']) {
      const line = await rgb(`line-${hue}`);
      expect(contrast(line, background), `line-${hue}`).toBeGreaterThanOrEqual(3);
      expect(contrast(await rgb(`text-${hue}`), background), `text-${hue}`).toBeGreaterThanOrEqual(4.5);
      lines.push(line);
    }
    for (const [i, a] of lines.entries())
      for (const b of lines.slice(i + 1))
        expect(Math.hypot(...a.map((v, c) => v - b[c]!))).toBeGreaterThan(60);
    // What is only a sign beside a word.
    for (const sign of ['good', 'open', 'error'])
      expect(contrast(await rgb(sign), background), sign).toBeGreaterThanOrEqual(3);
  });

test('the page follows a change of theme at once', async ({ page }) => {
  const panel = await Panel.open(page, 'Dark Modern');
  const { finished } = await import('../../fixtures/snapshots');
  await panel.show(finished());
  const canvas = panel.chart('loss').locator('canvas');
  const dark = await canvas.screenshot();
  await panel.setTheme('High Contrast Light');
  await panel.settle();
  const light = await canvas.screenshot();
  expect(light.equals(dark)).toBe(false);
  await panel.setTheme('Dark Modern');
  await panel.settle();
  expect((await canvas.screenshot()).equals(dark)).toBe(true);
});
