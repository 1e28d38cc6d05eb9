import { randomBytes } from 'node:crypto';
import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import { configName } from '../../config/kinds';
import { readAtMost } from '../../config/wholeFile';

/** A report has a few hundred thousand bytes. */
const MOST_BYTES = 50_000_000;

/** The open reports by their experiment, several of one included. */
const open = new Map<WebviewPanel, string>();

const titleOf = (name: string) => l10n.t('{0}: report', name);

/** The tabs of a renamed experiment's reports have its new name. */
export function renameReport(before: string, after: string): void {
  for (const [panel, experiment] of open) {
    if (experiment !== before) continue;
    open.set(panel, after);
    panel.title = titleOf(configName(after));
  }
}

/** Shows the report of an experiment in the editor, which works on a remote machine too. */
export async function showReport(experiment: string, name: string, file: string): Promise<void> {
  const html = (await readAtMost(file, MOST_BYTES)).toString();
  const panel = window.createWebviewPanel('distillery.report', titleOf(name), ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
    enableFindWidget: true,
  });
  open.set(panel, experiment);
  panel.onDidDispose(() => open.delete(panel));
  panel.webview.html = withPolicy(html, randomBytes(16).toString('base64url'));
}

/** Allows only the styles and embedded images of the report. */
export function withPolicy(html: string, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return html
    .replaceAll(/<style(?=[\s>])/gi, `<style nonce="${nonce}"`)
    .replace(/<head(\s[^>]*)?>/i, (head) => head + meta);
}
