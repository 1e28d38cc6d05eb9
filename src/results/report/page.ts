import { count, date, plain, plural, withUnit } from '../format';
import { headlineOf } from '../shown';
import type { Summary } from '../summary';
import { againSection } from './again';
import { biasSection } from './bias';
import { calibrationSection } from './calibration';
import { classesSection } from './classes';
import { curvesSection } from './curves';
import type { ReportExtras } from './extras';
import { html, Markup } from './html';
import { limitsSection } from './limits';
import { paperSection } from './paper';
import { costSection, fidelitySection, resultsSection } from './results';
import type { Section } from './section';
import { statisticsSection } from './statistics';
import { style } from './style';
import { sweepSection } from './sweep';
import { temperatureSection } from './temperature';
import { rows } from './tables';
import { verdict } from './verdict';

/** What follows the question and the verdict, in this order: a section is a line here. */
const sections: readonly Section[] = [
  resultsSection,
  biasSection,
  paperSection,
  sweepSection,
  statisticsSection,
  curvesSection,
  temperatureSection,
  calibrationSection,
  fidelitySection,
  classesSection,
  costSection,
  { title: 'Configuration', content: (_, { configuration }) => rows(configuration) },
  {
    title: 'Environment',
    content: ({ engine }, { environment }) =>
      html`<p>${engine ? html`<b>${engine.name}</b> ${engine.why}` : 'The engine was not recorded.'}</p>
        ${rows(environment)}`,
  },
  againSection,
  limitsSection,
];

/** The whole document. Nothing is fetched and no script runs; its own policy says so. */
export function document(summary: Summary, extras: ReportExtras): Markup {
  const headline = headlineOf(summary);
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
        <p>${questionOf(summary)}</p>
        <p class="aside">${facts(summary, extras)}</p>
        ${headline ? verdict(headline, summary) : html`<p>No arm to compare with scratch.</p>`}
        ${sections.map(({ title, content }) => {
          const body = content(summary, extras);
          return (
            body !== null &&
            html`<section>
              <h2>${title}</h2>
              ${body}
            </section>`
          );
        })}
      </body>
    </html> `;
}

/** The experiment's own question, or the default one. */
export const questionOf = ({ description }: Pick<Summary, 'description'>): string =>
  description ?? 'Is the distilled student better than the same network trained alone?';

function facts({ planned, examples, minGain }: Summary, { made }: ReportExtras): Markup {
  const unlabelled = examples.train - examples.labelled;
  return html`${[
      `${count(planned.finished)} of ${plural(planned.runs, 'run')} finished`,
      `${count(examples.labelled)} labelled${unlabelled > 0 ? ` and ${count(unlabelled)} unlabelled` : ''} training examples`,
      `validation ${count(examples.validation)}`,
      `test ${count(examples.test)}`,
      `smallest gain worth having ${withUnit(plain(minGain), 'pp')}`,
    ].join(' · ')}
    · <time datetime="${made}">${date(new Date(made))}</time>`;
}
