import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { Panel } from './panel';
import { Sidebar } from './sidebar';

/** What VS Code's test driver puts into its window. */
interface Driver {
  whenWorkbenchRestored(): Promise<void>;
}

/** One window of VS Code. */
export class Workbench {
  readonly sidebar: Sidebar;
  readonly panel: Panel;
  readonly quickInput: Locator;

  constructor(readonly page: Page) {
    this.sidebar = new Sidebar(page);
    this.panel = new Panel(page);
    this.quickInput = page.locator('.quick-input-widget');
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.restored();
  }

  /** As a person does: by the command, which writes down what the window holds before it goes. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.restored();
  }

  private async restored(): Promise<void> {
    await this.page.waitForFunction(() => 'driver' in window, undefined, { timeout: 60_000 });
    await this.page.evaluate(() => (window as unknown as { driver: Driver }).driver.whenWorkbenchRestored());
  }

  /** Runs a command by its title, as a person does. */
  async command(title: string): Promise<void> {
    await this.palette(title);
    await this.page.keyboard.press('Enter');
  }

  /** The palette's rows for this text. */
  async palette(text: string): Promise<Locator> {
    await this.page.keyboard.press('F1');
    const input = this.quickInput.locator('input').first();
    await input.waitFor({ state: 'visible' });
    await input.fill(`>${text}`);
    const rows = this.quickInput.locator('.monaco-list-row');
    await rows.filter({ hasText: text }).first().waitFor();
    return rows;
  }

  /** Opens a file of the folder in an editor. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+P');
    const input = this.quickInput.locator('input').first();
    await input.waitFor({ state: 'visible' });
    await input.fill(name);
    await this.quickInput.locator('.monaco-list-row').filter({ hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.tab(name).waitFor();
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }

  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').last();
  }

  /** Puts the cursor before the first place of this text in the active editor, and selects it. */
  async select(text: string): Promise<void> {
    await this.editor.locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+F');
    const find = this.page.locator('.find-widget.visible textarea').first();
    await find.fill(text);
    await find.press('Enter');
    await find.press('Escape');
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** The tab of a file that is saved by itself shows no dot, so only the disk tells that `text` is there. */
  async save(file: string, text: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
    await expect.poll(() => readFileSync(file, 'utf8')).toContain(text);
  }

  squiggles(severity: 'error' | 'warning'): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: text });
  }

  /** Errors and warnings of all files, as the status bar counts them. */
  get problems(): Locator {
    return this.page.locator('[id="status.problems"]');
  }

  /** In their list, as the bell opens it: with the driver in its window, VS Code shows none by itself. */
  get notifications(): Locator {
    return this.page.locator('.notifications-center .notification-list-item');
  }

  /** When there is a new one: the list closes by itself where it is empty. */
  async openNotifications(): Promise<void> {
    await this.page.locator('[id="status.notifications"] .codicon-bell-dot').click();
    await this.page.locator('.notifications-center.visible').waitFor();
    // A pointer that stays on the bell opens its tooltip, which covers the buttons above it.
    await this.page.locator('.part.editor').hover();
  }

  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }
}
