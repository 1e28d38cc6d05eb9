import type { BrowserContext } from '@playwright/test';

/** What no test may leave behind, gathered from all frames of all windows. */
export interface Observations {
  violations: string[];
  external: string[];
}

/** Chromium reports violations to the console of the page they happen in, those of VS Code's webviews too. */
export function watch(context: BrowserContext): Observations {
  const observations: Observations = { violations: [], external: [] };
  context.on('console', (message) => {
    if (/content security policy/i.test(message.text())) observations.violations.push(message.text());
  });
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:';
    // The workbench asks for webviews at names that its own service answers inside the browser.
    if (!local && !hostname.endsWith('.vscode-resource.vscode-cdn.net'))
      observations.external.push(request.url());
  });
  return observations;
}
