import { type Page, expect, test } from '@playwright/test';
import { full, fullSweep, pages } from './everyPage';
import { Panel, type ThemeName } from './panel';

const start: ThemeName = 'Dark Modern';
/** Every switch in both directions, high contrast included. */
const themes: ThemeName[] = [
  'Light Modern',
  'Dark Modern',
  'High Contrast',
  'High Contrast Light',
  'Dark Modern',
];

/** The whole page, however long. */
async function pixels(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  return page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' });
}

const shown = [
  ...pages.map((tab) => ({ tab, snapshot: full })),
  { tab: 'Compare', snapshot: fullSweep },
] as const;

for (const { tab, snapshot } of shown)
  test(`${tab} of ${snapshot.name}: after each switch of the theme it looks as if it had been opened in it`, async ({
    page,
    context,
  }) => {
    const state = { tab: tab.toLowerCase() };
    const panel = await Panel.open(page, start, state);
    await panel.show(snapshot());
    const fresh = new Map<ThemeName, Buffer>();
    for (const theme of new Set(themes)) {
      const other = await context.newPage();
      const opened = await Panel.open(other, theme, state);
      await opened.show(snapshot());
      fresh.set(theme, await pixels(other));
      await other.close();
    }
    for (const theme of themes) {
      await panel.setTheme(theme);
      await panel.settle();
      const same = (await pixels(page)).equals(fresh.get(theme)!);
      expect(same, `${tab} in ${theme}`).toBe(true);
    }
  });
