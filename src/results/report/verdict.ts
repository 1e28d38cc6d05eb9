import { percent, verdictWord } from '../format';
import type { Check, Comparison, Summary, VerdictToken } from '../summary';
import { html, sentence, type Markup } from './html';
import { pairedPlot } from './pairedPlot';

const tones: Record<VerdictToken, { tone: string; icon: string }> = {
  BEATS: { tone: 'good', icon: '✓' },
  'NO BEATS': { tone: 'bad', icon: '⊘' },
  HURTS: { tone: 'bad', icon: '↓' },
  INCONCLUSIVE: { tone: 'open', icon: '?' },
};
const none = { tone: '', icon: '○' };

/** The headline's verdict with its sentence, what it rests on, and every seed. */
export function verdict(headline: Comparison, summary: Summary): Markup {
  const { tone, icon } = headline.verdict === null ? none : tones[headline.verdict];
  const gap =
    headline.gapClosed === null
      ? null
      : `${percent(headline.gapClosed)} of the gap between scratch and teacher is closed.`;
  return html`<section class="verdict ${tone}">
    <p class="token">${icon} ${verdictWord(headline)}</p>
    <p>${sentence(headline.sentence)}</p>
    ${gap !== null && html`<p class="aside">${gap}</p>`}
    <ul class="checks">
      ${summary.checks.map(check)}
    </ul>
    ${summary.afterLook.map((text) => html`<p class="aside">${text}</p>`)} ${pairedPlot(headline)}
  </section>`;
}

const states: Record<Check['state'], string> = { ok: '✓', pending: '○ pending:', broken: '✕ failed:' };
const check = ({ text, state }: Check) =>
  html`<li class="${state === 'broken' ? 'bad' : ''}">${states[state]} ${text}</li>`;
