import { count, date, percent, pointsWithUnit, withUnit, plain, decimalsFor } from '../format';
import type { Check, Comparison, Summary, VerdictToken } from '../summary';
import { resultTable, seedTable, type Table } from '../table';
import { curves } from './curves';
import { biasSection } from './bias';
import type { ReportExtras } from './extras';
import { html, Markup, sentence } from './html';
import { limits } from './limits';
import { pairedPlot } from './pairedPlot';
import { paperSection } from './paper';
import { statistics } from './statistics';
import { style } from './style';

/** The whole document. Nothing is fetched and no script runs; its own policy says so. */
export function document(summary: Summary, extras: ReportExtras): Markup {
  const headline = summary.comparisons.find((one) => one.primary) ?? null;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${summary.experiment}: distillation report</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <h1>${summary.experiment}</h1>
        <p>
          ${summary.description ?? 'Is the distilled student better than the same network trained alone?'}
        </p>
        <p class="aside">${facts(summary, extras)}</p>
        ${headline ? verdict(headline, summary) : html`<p>No arm to compare with scratch.</p>`}
        ${section('Results', table(resultTable(summary, MAIN)))}
        ${section('Calibration and fidelity', table(resultTable(summary, QUALITY)))}
        ${section('Seed by seed', table(seedTable(summary)))}
        ${summary.comparisons.length > 1 && section('All arms', allArms(summary))}
        ${[biasSection, paperSection].map(({ title, content }) => {
          const body = content(summary, extras);
          return body && section(title, body);
        })}
        ${section('Statistics', statistics(summary))} ${section('Curves', curves(summary, extras))}
        ${section(
          'What was not established',
          html`<ul>
            ${limits(summary).map((text) => html`<li>${text}</li>`)}
          </ul>`,
        )}
        ${section('How to run this again', html`<pre>${extras.commands.join('\n')}</pre>`)}
        ${section('Engine', html`<p>${summary.engine ? html`<b>${summary.engine.name}</b> ${summary.engine.why}` : 'Not recorded.'}</p>`)}
        ${section('Environment', rows(extras.environment))}
        ${section('Configuration', rows(extras.configuration))}
      </body>
    </html> `;
}

/** What a student is chosen by, and what else its probabilities are worth. */
const MAIN = [
  'accuracy',
  'errors',
  'agreement',
  'calibration',
  'parameters',
  'size',
  'latency',
  'training',
] as const;
const QUALITY = [
  'nll',
  'brier',
  'calibration',
  'scaledCalibration',
  'temperature',
  'agreement',
  'klToTeacher',
] as const;

const section = (title: string, content: Markup) =>
  html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;

function facts({ planned, examples, minGain }: Summary, { made }: ReportExtras): Markup {
  const unlabelled = examples.train - examples.labelled;
  return html`${[
      `${count(planned.finished)} of ${count(planned.runs)} runs finished`,
      `${count(examples.labelled)} labelled${unlabelled > 0 ? ` and ${count(unlabelled)} unlabelled` : ''} training examples`,
      `validation ${count(examples.validation)}`,
      `test ${count(examples.test)}`,
      `smallest gain worth having ${withUnit(plain(minGain), 'pp')}`,
    ].join(' · ')}
    · <time datetime="${made}">${date(new Date(made))}</time>`;
}

const tones: Record<VerdictToken, { tone: string; icon: string }> = {
  BEATS: { tone: 'good', icon: '✓' },
  'NO BEATS': { tone: 'bad', icon: '⊘' },
  INCONCLUSIVE: { tone: 'open', icon: '?' },
};

function verdict(headline: Comparison, summary: Summary): Markup {
  const { tone, icon } = tones[headline.verdict];
  const gap =
    headline.gapClosed === null
      ? null
      : `${percent(headline.gapClosed)} of the way from scratch to the teacher.`;
  return html`<section class="verdict ${tone}">
    <p class="token">${icon} ${headline.verdict}${!summary.complete && ' so far'}</p>
    <p>${sentence(headline.sentence)}</p>
    ${gap !== null && html`<p class="aside">${gap}</p>`}
    <ul class="checks">
      ${summary.checks.map(check)}
    </ul>
    ${pairedPlot(headline, summary)}
  </section>`;
}

const states: Record<Check['state'], string> = { ok: '✓', pending: '○ to come:', broken: '✕ broken:' };
const check = ({ text, state }: Check) =>
  html`<li class="${state === 'broken' ? 'bad' : ''}">${states[state]} ${text}</li>`;

function allArms({ arms, comparisons, examples }: Summary): Markup {
  const title = (slug: string) => arms.find((arm) => arm.slug === slug)?.title ?? slug;
  return html`<p class="aside">
      Against scratch, paired by seed. Arms that are not the headline’s are corrected for their number (Holm).
    </p>
    ${comparisons.map(
      (one) =>
        html`<h3>
            ${title(one.arm)}:
            ${one.verdict}${one.mean !== null && ` ${pointsWithUnit(one.mean, decimalsFor(examples[one.part]))}`}
          </h3>
          <p>${sentence(one.sentence)}</p>`,
    )}`;
}

const table = ({ head, rows: body }: Table): Markup =>
  html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          ({ kind, cells: [first, ...cells] }) =>
            html`<tr class="row-${kind}">
              <th scope="row">${first ?? ''}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const rows = (entries: readonly (readonly string[])[]): Markup =>
  entries.length === 0
    ? html`<p>Not recorded.</p>`
    : html`<div class="scroll">
        <table class="text">
          <tbody>
            ${entries.map(
              (cells) =>
                html`<tr>
                  ${cells.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
