import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../../scripts/lib/setup.mjs';

/** The README's pictures are what the tests see; they are taken when they are asked for: `npm run screenshots`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['SCREENSHOTS']) return;
  // Tooltips and the caret come and go.
  await page.mouse.move(640, 895);
  // What fades in is shown as it will be.
  const path = join(root, 'media', 'screenshots', `${name}.png`);
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' });
}
