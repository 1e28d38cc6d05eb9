import { expect, type Locator, type Page } from '@playwright/test';

/** The Experiments view. */
export class Sidebar {
  readonly view: Locator;

  constructor(private readonly page: Page) {
    this.view = page.locator('.part.sidebar');
  }

  async open(): Promise<void> {
    const icon = this.page.locator('.activitybar').getByRole('tab', { name: 'Distillery' });
    await icon.waitFor();
    if ((await icon.getAttribute('aria-selected')) !== 'true') await icon.click();
    await this.view.getByRole('heading', { name: /Distillery/i }).waitFor();
  }

  get welcome(): Locator {
    return this.view.locator('.welcome-view-content');
  }

  get items(): Locator {
    return this.view.getByRole('treeitem');
  }

  item(name: string | RegExp): Locator {
    return this.items.filter({ hasText: name });
  }

  /** Presses one of the small buttons that a row shows under the pointer. */
  async act(name: string | RegExp, action: string): Promise<void> {
    const item = this.item(name).first();
    await item.hover();
    await item.getByRole('button', { name: action }).click();
  }

  /** Chooses from a row's context menu. A menu that has just opened ignores a click: it is repeated. */
  async choose(name: string | RegExp, entry: string): Promise<void> {
    await this.item(name).first().click({ button: 'right' });
    const choice = this.page.getByRole('menuitem', { name: entry });
    await choice.waitFor();
    await expect(async () => {
      if (await choice.isVisible()) await choice.click({ timeout: 2000 });
      await expect(choice).toBeHidden({ timeout: 1000 });
    }).toPass();
  }
}
