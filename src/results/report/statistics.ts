import { about, count, plural, points, pValue } from '../format';
import type { Comparison, Information, Summary } from '../summary';
import { html, type Markup } from './html';
import { intervalPlot } from './intervalPlot';
import type { Section } from './section';
import { numbers } from './tables';

const UNKNOWN = '–';

type WithInformation = Comparison & { information: Information };
const hasInformation = (one: Comparison): one is WithInformation => one.information !== null;

export const statisticsSection: Section = { title: 'Statistics', content: statistics };

/** Statistics besides the rule’s interval: other intervals, sign test, McNemar, and what would settle it. */
function statistics(summary: Summary): Markup {
  const told = summary.comparisons.filter(hasInformation);
  const headline = told.find((one) => one.primary);
  if (told.length === 0)
    return html`<p>
      ${
        summary.complete
          ? 'Too few pairs or test examples for intervals and tests.'
          : 'Intervals and tests need the test set, which has not been opened yet.'
      }
    </p>`;
  return html`<p class="aside">
      The verdict uses the first interval only, over seeds and test examples. The others are for comparison: a
      t interval over seeds with these test examples held fixed, and percentiles of means over resampled seeds
      and examples.
    </p>
    ${headline ? intervalPlot(headline, summary) : null}
    ${table(
      'Distilled − scratch, percentage points',
      [
        '',
        'rule',
        'p',
        'p (Holm)',
        't over seeds',
        'bootstrap',
        'seeds won–tied–lost',
        'p (sign test)',
        'needed to settle it',
      ],
      told.map((one) => arm(one, summary)),
    )}
    ${headline ? mcnemar(headline, summary) : null}`;
}

function arm(one: WithInformation, { arms }: Summary): string[] {
  const say = (bounds: { low: number; high: number } | null) =>
    bounds ? `${points(bounds.low, one.decimals)} to ${points(bounds.high, one.decimals)}` : UNKNOWN;
  const p = (value: number | null) => (value === null ? UNKNOWN : pValue(value));
  const { seedInterval, bootstrap, signs } = one.information;
  const settling = [
    one.seedsToSettle !== null && `about ${plural(one.seedsToSettle, 'seed')}`,
    one.examplesToSettle !== null && `about ${plural(about(one.examplesToSettle), 'test example')}`,
  ].filter((text) => text !== false);
  return [
    arms.find(({ slug }) => slug === one.arm)?.title ?? one.arm,
    say(one.interval),
    p(one.p),
    p(one.pHolm),
    say(seedInterval),
    say(bootstrap),
    [signs.won, signs.tied, signs.lost].map(count).join('–'),
    p(signs.p),
    settling.join(' or ') || UNKNOWN,
  ];
}

const mcnemar = ({ information }: WithInformation, { examples }: Summary): Markup =>
  table(
    `Of ${plural(examples.test, 'test example')}, those that only one of the two classifies correctly (McNemar’s exact test)`,
    ['', 'only distilled', 'only scratch', 'p'],
    information.mcnemar.map(({ seed, b, c, p }) => [`seed ${seed}`, count(b), count(c), pValue(p)]),
  );

const table = (caption: string, head: string[], body: string[][]): Markup =>
  html`<p class="aside">${caption}</p>
    ${numbers(head, body)}`;
