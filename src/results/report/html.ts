import { escapeMarkup } from '../../escapeMarkup';

/** Text that is HTML already. Only `html` makes it, so that whatever else is put into a page is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | null | false | readonly Part[];

/** A template whose values are escaped, unless they are markup; null and false are nothing, lists are joined. */
export const html = (texts: TemplateStringsArray, ...values: Part[]): Markup =>
  new Markup(texts.reduce((all, text, i) => all + render(values[i - 1] ?? null) + text));

function render(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeMarkup(String(part));
}

/** A sentence in which **this** is strong. */
export const sentence = (text: string): Markup =>
  html`${text.split('**').map((part, i) => (i % 2 === 1 ? html`<strong>${part}</strong>` : part))}`;
