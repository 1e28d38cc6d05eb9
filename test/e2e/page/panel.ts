import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import themes from '../../fixtures/themes.json' with { type: 'json' };
import type * as frame from '../../../src/host/panel/html';
import type { HostMessage, PanelMessage, Snapshot } from '../../../src/messages';

// The sources are CommonJS to Node.js, whose names an import from a module like this one cannot see.
const { panelHtml } = createRequire(import.meta.url)('../../../src/host/panel/html.ts') as typeof frame;

export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

const ORIGIN = 'http://panel.test';
const DIST = join(import.meta.dirname, '../../../dist/webview');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** What the page leaves on `window` for the test. */
interface Fake {
  posted: PanelMessage[];
  violations: string[];
  setTheme: (theme: { classes: string[]; variables: Record<string, string | undefined> }) => void;
}
declare global {
  interface Window {
    fake: Fake;
  }
}

/** The panel's page alone: the host's own frame and policy, VS Code's colours, and a stand-in for VS Code. */
export class Panel {
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(page: Page, theme: ThemeName = 'Dark Modern', state?: unknown): Promise<Panel> {
    const panel = new Panel(page);
    page.on('pageerror', (error) => panel.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') panel.errors.push(message.text());
    });
    await page.route(`${ORIGIN}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/') {
        const body = panelHtml({
          cspSource: ORIGIN,
          nonce: 'nonce-of-the-test',
          script: `${ORIGIN}/panel.js`,
          styles: `${ORIGIN}/styles.css`,
          language: 'en',
          title: 'few-labels',
        });
        return route.fulfill({ contentType: 'text/html', body });
      }
      try {
        return await route.fulfill({
          contentType: TYPES[extname(path)] ?? 'application/octet-stream',
          body: readFileSync(join(DIST, path)),
        });
      } catch {
        return route.fulfill({ status: 404 });
      }
    });
    await page.addInitScript(installFake, { theme: themes[theme], state: state ?? null });
    await page.goto(ORIGIN);
    await panel.received('ready');
    return panel;
  }

  async setTheme(theme: ThemeName): Promise<void> {
    await this.page.evaluate((t) => {
      window.fake.setTheme(t);
    }, themes[theme]);
  }

  /** As VS Code sends, in JSON: what is no number arrives as null. Snapshots answer the newest request, or the one given. */
  async send(message: HostMessage, answers?: number): Promise<void> {
    await this.page.evaluate(
      ([m, given]) => {
        const asked = window.fake.posted.flatMap((one) => ('request' in one ? one.request : []));
        if (m.type === 'snapshot') m.snapshot.answers = given ?? asked.at(-1) ?? 0;
        window.postMessage(m, '*');
      },
      [JSON.parse(JSON.stringify(message)) as HostMessage, answers] as const,
    );
  }

  async show(snapshot: Snapshot): Promise<void> {
    await this.send({ type: 'snapshot', snapshot });
    await this.page.getByRole('heading', { level: 1, name: snapshot.experiment }).waitFor();
    await this.settle();
  }

  /** Two frames: what was asked for is drawn. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))),
    );
  }

  async tab(name: 'Overview' | 'Losses' | 'Temperature' | 'Compare' | 'Classes' | 'Run'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
    await this.page.getByRole('tabpanel', { name }).waitFor();
    await this.settle();
  }

  posted(): Promise<PanelMessage[]> {
    return this.page.evaluate(() => window.fake.posted);
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.fake.violations);
  }

  state(): Promise<Record<string, unknown>> {
    return this.page.evaluate(
      () => JSON.parse(sessionStorage.getItem('state') ?? '{}') as Record<string, unknown>,
    );
  }

  async received<Type extends PanelMessage['type']>(
    type: Type,
  ): Promise<Extract<PanelMessage, { type: Type }>> {
    await this.page.waitForFunction((t) => window.fake.posted.some((m) => m.type === t), type);
    const found = (await this.posted()).findLast((m) => m.type === type);
    return found as Extract<PanelMessage, { type: Type }>;
  }

  chart(id: string) {
    return this.page.locator(`[data-chart=${id}]`);
  }
}

/** Runs in the page before its own script. */
function installFake({
  theme,
  state,
}: {
  theme: { classes: string[]; variables: Record<string, string | undefined> };
  state: unknown;
}): void {
  const fonts = {
    '--vscode-font-family': 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif',
    '--vscode-font-size': '13px',
    '--vscode-font-weight': 'normal',
    '--vscode-editor-font-family': '"Droid Sans Mono", monospace',
  };
  const fake: Fake = {
    posted: [],
    violations: [],
    setTheme: ({ classes, variables }) => {
      const { style } = document.documentElement;
      style.cssText = '';
      for (const [name, value] of Object.entries({ ...fonts, ...variables }))
        style.setProperty(name, value ?? '');
      document.body.className = classes.join(' ');
    },
  };
  window.fake = fake;
  document.addEventListener('securitypolicyviolation', (event) => {
    fake.violations.push(
      `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
    );
  });
  if (state !== null && sessionStorage.getItem('state') === null)
    sessionStorage.setItem('state', JSON.stringify(state));
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: PanelMessage) => fake.posted.push(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
      setState: (next: unknown) => {
        sessionStorage.setItem('state', JSON.stringify(next));
      },
    }),
  });
  // What VS Code puts into every webview, in a layer, so that the page's own styles overrule it there and here.
  const defaults = new CSSStyleSheet();
  defaults.replaceSync(`@layer vscode {
    body { color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size);
      font-weight: var(--vscode-font-weight); margin: 0; padding: 0 20px; background: transparent }
    a { color: var(--vscode-textLink-foreground) }
    code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
      padding: 1px 3px; border-radius: 4px }
  }`);
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    fake.setTheme(theme);
  }).observe(document, { childList: true, subtree: true });
  document.adoptedStyleSheets = [defaults];
}
