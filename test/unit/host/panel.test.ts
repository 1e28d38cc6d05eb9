import { describe, expect, it } from 'vitest';
import { panelHtml } from '../../../src/host/panel/html';
import { imageBytes, readPanelMessage } from '../../../src/host/panel/inbound';

describe('the page’s frame', () => {
  const html = panelHtml({
    cspSource: 'https://*.vscode-cdn.net',
    nonce: 'abc123',
    script: 'https://x/panel.js',
    styles: 'https://x/styles.css',
    language: 'en',
    title: '<img src=x onerror=alert(1)>"',
  });

  it('lets nothing run that does not carry the nonce', () => {
    const written = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const policy = written.replaceAll('&#39;', "'");
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'nonce-abc123'`);
    expect(policy).not.toMatch(/unsafe|\*;|https:;/);
  });

  it('gives the UI toolkit its nonce', () => {
    expect(html).toContain('<meta property="csp-nonce" content="abc123">');
  });

  it('escapes what a workspace may have named', () => {
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;');
  });
});

describe('what a page says', () => {
  it.each([
    { type: 'ready', protocol: 1 },
    { type: 'select', request: 3, run: 'kd/seed-0', overlays: [] },
    { type: 'command', command: 'addSeeds', run: null, argument: 9 },
    { type: 'select', request: 3, run: null, overlays: ['a', 'b'] },
    { type: 'example', request: 3, row: 17 },
    { type: 'example', request: 3, row: null },
    { type: 'command', command: 'sweep', run: null, argument: null },
    { type: 'tab', request: 3, tab: 'classes' },
    { type: 'compare', request: 3, arms: ['/w/a.distill.json#kd'] },
    { type: 'openFile', path: 'runs/a/run.json', how: 'reveal' },
    { type: 'copy', text: 'abc' },
    { type: 'saveText', name: 'losses.csv', text: 'step,loss\n1,2\n' },
    { type: 'saveImage', name: 'losses.png', dataUrl: 'data:image/png;base64,AAAA' },
  ])('is taken where it fits: $type', (message) => {
    expect(readPanelMessage(message)).toEqual({ ok: true, message });
  });

  it.each([
    null,
    'ready',
    { type: 'evaluate', code: '1' },
    { type: 'ready' },
    { type: 'command', command: 'rm -rf', run: null, argument: null },
    { type: 'command', command: 'run', run: null, argument: '5' },
    { type: 'select', request: 3, run: 'a', overlays: 'b' },
    { type: 'select', run: 'a', overlays: [] },
    { type: 'tab', request: -1, tab: 'run' },
    { type: 'tab', request: 3, tab: 'elsewhere' },
    { type: 'compare', request: 3, arms: [1] },
    { type: 'saveImage', name: 'x', dataUrl: 'data:text/html,<script>' },
    { type: 'ready', protocol: 1, more: true },
  ])('is refused where it does not: %j', (message) => {
    const read = readPanelMessage(message);
    expect(read.ok).toBe(false);
  });

  it('brings images as bytes, base64 or percent-encoded', () => {
    expect([...imageBytes('data:image/png;base64,AQID')]).toEqual([1, 2, 3]);
    expect(Buffer.from(imageBytes('data:image/svg+xml;charset=utf-8,%3Csvg%2F%3E')).toString()).toBe(
      '<svg/>',
    );
  });
});
