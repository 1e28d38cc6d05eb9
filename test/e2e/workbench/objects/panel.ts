import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test';

export type PageName = 'Overview' | 'Losses' | 'Temperature' | 'Compare' | 'Classes' | 'Run';
export type State = 'empty' | 'running' | 'stopping' | 'finished' | 'stopped' | 'failed' | 'interrupted';

/** The experiment's panel: a page inside two frames. Hidden editors keep theirs. */
export class Panel {
  readonly frame: FrameLocator;
  private readonly outer: Locator;

  constructor(page: Page) {
    this.outer = page.locator('iframe.webview:visible').last();
    this.frame = this.outer.contentFrame().frameLocator('iframe#active-frame');
  }

  async go(name: PageName): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
  }

  tab(name: PageName): Locator {
    return this.frame.getByRole('tab', { name, exact: true });
  }

  /** The page's own buttons are web components: their text stands in them, not in an attribute. */
  button(name: string): Locator {
    return this.frame.locator('vscode-button').filter({ hasText: name });
  }

  get state(): Locator {
    return this.frame.locator('header .state');
  }

  async reaches(state: State | RegExp, timeout = 120_000): Promise<void> {
    await expect(this.state).toHaveAttribute('data-state', state, { timeout });
  }

  /** The newest step on the Losses page. */
  async step(): Promise<number> {
    return Number(await this.frame.locator('.readout[data-step]').getAttribute('data-step'));
  }

  chart(id: string): Locator {
    return this.frame.locator(`figure[data-chart="${id}"]`);
  }

  /** A chart's numbers, as its table says them: a list for each series. */
  async values(chart: string): Promise<number[][]> {
    await this.show(chart, true);
    const rows = await this.chart(chart)
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.dataset['value']))),
      );
    return (rows[0] ?? []).map((_, series) => rows.map((row) => row[series] ?? Number.NaN));
  }

  asChart(chart: string): Promise<void> {
    return this.show(chart, false);
  }

  private async show(chart: string, asTable: boolean): Promise<void> {
    const toggle = this.chart(chart).getByRole('button', { name: /as a table$/ });
    if ((await toggle.getAttribute('aria-pressed')) !== String(asTable)) await toggle.click();
    await expect(toggle).toHaveAttribute('aria-pressed', String(asTable));
  }

  /** The page itself, to run something in it. */
  async document(): Promise<Frame> {
    const inner = this.outer.contentFrame().locator('iframe#active-frame');
    const frame = await (await inner.elementHandle())?.contentFrame();
    if (!frame) throw new Error('The panel has no page.');
    return frame;
  }
}
