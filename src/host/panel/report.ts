import { randomBytes } from 'node:crypto';
import { l10n, ViewColumn, window } from 'vscode';
import { readAtMost } from '../../config/wholeFile';

/** A report has a few hundred thousand bytes. */
const MOST_BYTES = 50_000_000;

/** Shows a report in the editor, which works on a remote machine too. */
export async function showReport(name: string, file: string): Promise<void> {
  const html = (await readAtMost(file, MOST_BYTES)).toString();
  const panel = window.createWebviewPanel(
    'distillery.report',
    l10n.t('{0}: report', name),
    ViewColumn.Active,
    { enableScripts: false, localResourceRoots: [], enableFindWidget: true },
  );
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
