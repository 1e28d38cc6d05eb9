import { count, fixed, percent, plain } from '../format';
import type { Laboratory } from '../laboratory/laboratory';
import type { Measured } from '../laboratory/measure';
import { html, sentence, type Markup } from './html';
import type { Section } from './section';
import { table } from './tables';
import { gradientShare, limit, softness, trueClass } from './temperatureCharts';

/** Which T to take, where that cannot be told, and what T does to the soft targets: from validation data only. */
export const temperatureSection: Section = {
  title: 'Temperature',
  content: (_, { laboratory }) => {
    if (laboratory === null || (laboratory.recommendation === null && laboratory.measured === null))
      return null;
    const { recommendation, warnings, measured } = laboratory;
    return html`${
      recommendation && html`<p>${sentence(recommendation.sentence)} ${recommendation.reason}</p>`
    }
    ${warnings.map(({ arms, text, remedy }) => html`<p>⚠ <b>${arms.join(', ')}</b>: ${text} ${remedy}</p>`)}
    ${measured && pictures(laboratory, measured)}`;
  },
};

function pictures(laboratory: Laboratory, measured: Measured): Markup {
  const { used, of } = measured.examples;
  return html`<h3>What T does</h3>
    <p class="aside">
      ${laboratory.title}, seed ${laboratory.seed}: from the logits of
      ${used < of ? `${count(used)} of the ${count(of)}` : count(of)} validation examples.
    </p>
    <div class="pair">${softness(measured)}${trueClass(measured)}</div>
    <div class="pair">
      ${laboratory.weights && gradientShare(laboratory.weights, measured)}${limit(measured)}
    </div>
    ${caching(measured)}
    <p class="aside">${order(measured)}</p>`;
}

/** How little of the teacher's logits a cache may keep. */
function caching({ caching: { temperatures, float16, enough }, classes }: Measured): Markup {
  const known = (share: number | null | undefined) =>
    share === null || share === undefined ? '–' : percent(share, 3);
  return table({
    head: ['Error of a smaller cache', ...temperatures.map((t) => `T ${plain(t)}`)],
    rows: [
      {
        kind: 'teacher',
        cells: [`logits of ${count(classes)} that keep T²·KL to 1 %`, ...enough.map((k) => count(k))],
      },
      {
        kind: 'teacher',
        cells: ['error of T²·KL in float16', ...temperatures.map((_, i) => known(float16.loss[i]))],
      },
    ],
  });
}

const order = ({ order: { student, scratch } }: Measured) =>
  `Agreement with the teacher on the order of the wrong classes (mean Kendall τ; 1 is the same order): student ${fixed(student, 2)}${scratch === null ? '' : `, scratch ${fixed(scratch, 2)}`}.`;
