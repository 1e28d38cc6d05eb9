import { html } from './html';
import type { Section } from './section';
import { rows } from './tables';

export const againSection: Section = {
  title: 'How to reproduce this',
  content: (_, { command, files }) =>
    html`<pre>${command}</pre>
      ${
        files.length > 0 &&
        html`<p class="aside">
            Run it in a folder with these files; their SHA-256 must match. Paths are relative to that folder.
            Data included with Distillery needs no file.
          </p>
          ${rows(files)}`
      }`,
};
