import { percent, plural, times } from '../format';
import type { Summary } from '../summary';
import { html } from './html';
import type { Section } from './section';

export const limitsSection: Section = {
  title: 'What was not established',
  content: (summary) =>
    html`<ul>
      ${limits(summary).map((text) => html`<li>${text}</li>`)}
    </ul>`,
};

/** Limitations of the results, as sentences. */
export function limits(summary: Summary): string[] {
  const { complete, teacher, examples, comparisons, looks, engine, sweep, offers, afterLook } = summary;
  const headline = comparisons.find((one) => one.primary);
  const level = headline?.interval ? percent(headline.interval.level) : null;
  const teachers = teacher?.seeds.length ?? 0;
  return [
    ...(complete
      ? []
      : [
          'Anything about the test set: it is opened once, when every planned run is done. All accuracies here are of validation data.',
        ]),
    ...(headline?.verdict === 'INCONCLUSIVE' && complete
      ? ['Whether distillation helps here: the evidence is compatible with a gain and with none.']
      : []),
    ...afterLook,
    ...offers.map(({ text }) => `What soft targets add to labels: ${text}`),
    ...(level === null
      ? []
      : [
          `How another ${teachers > 1 ? '' : 'teacher or '}split of the data would perform: the ${level} interval covers other seeds and other test examples, ${teachers > 1 ? 'with this split' : 'with this one teacher and this one split'}.`,
        ]),
    `Performance on other data: the test set is ${plural(examples.test, 'example')} drawn from the same source as the ${plural(examples.train, 'training example')}.`,
    'Whether another temperature, weight, learning rate or budget would change the answer: only those in the file were tried.',
    ...(sweep !== null && sweep.winner !== null && sweep.confirmation === null
      ? [
          'How much of the gain of the sweep’s winner is due to selection: it was not repeated on fresh seeds ("confirm" in the file asks for it).',
        ]
      : []),
    ...(looks > 1
      ? [
          `A single look: the test set was opened ${times(looks)}, so intervals are wider and a chance result is more likely.`,
        ]
      : []),
    ...(teacher?.latency.batch1 || summary.arms.some((arm) => arm.latency.batch1)
      ? [
          `Latency on other machines: it was measured on one machine, with one thread unless more were configured${engine ? `, with the ${engine.name} engine` : ''}.`,
        ]
      : []),
  ];
}
