import { html } from './html';
import type { Section } from './section';
import { rows } from './tables';

export const againSection: Section = {
  title: 'How to run this again',
  content: (_, { command, files }) =>
    html`<pre>${command}</pre>
      ${
        files.length > 0 &&
        html`<p class="aside">
            In the folder of these files, as they are by their SHA-256. Paths are from there. Data that come
            with Distillery need no file.
          </p>
          ${rows(files)}`
      }`,
};
