import { escapeMarkup } from '../../escapeMarkup';

export interface PageParts {
  /** `webview.cspSource` */
  cspSource: string;
  nonce: string;
  script: string;
  styles: string;
  language: string;
  title: string;
}

/**
 * The HTML of the page. Only our script and styles may run; content of the workspace reaches the page as messages only. The
 * nonce is also in a meta element, where the UI toolkit looks for it.
 */
export function panelHtml({ cspSource, nonce, script, styles, language, title }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeMarkup(language)}">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}">
    <meta property="csp-nonce" content="${escapeMarkup(nonce)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${escapeMarkup(styles)}">
    <title>${escapeMarkup(title)}</title>
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${escapeMarkup(nonce)}" src="${escapeMarkup(script)}"></script>
  </body>
</html>
`;
}
