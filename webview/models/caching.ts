import { loss, plural, withUnit } from '../../src/results/format';
import type { Caching } from '../../src/results/laboratory/caching';
import type { ChartModel, ChartSeries } from '../chart/model';
import { type ByTemperature, line, plainChart, temperatureAxis } from './temperatureAxis';

/** Below this an error is none: log axes have no 0. */
const LEAST = 1e-4;
const TOLERANCE = 1;

/** What the error of T²·KL is where less than all of the teacher's logits is kept, as a percentage of it. */
export function cachingError({ experiment, measured: { caching } }: ByTemperature): ChartModel {
  const shown = fewest(caching);
  const lines = [
    line({
      name: 'float16',
      x: caching.temperatures,
      y: inPercent(caching.float16.loss),
      hue: 'neutral',
      dash: 'dotted',
    }),
    ...shown.map(({ k, loss }, i): ChartSeries =>
      line({
        name: `top ${k}`,
        x: caching.temperatures,
        y: inPercent(loss),
        dash: (['solid', 'dashDot', 'dashed', 'dotted'] as const)[i % 4]!,
      }),
    ),
  ];
  const most = Math.max(10, ...lines.flatMap(({ y }) => y.filter((value) => value !== null)));
  return {
    ...plainChart,
    id: 'caching',
    title: 'Error of a smaller cache',
    caption: 'error of T²·KL, %, log scale',
    fileName: `${experiment}-caching`,
    x: temperatureAxis,
    y: {
      scale: 'log',
      min: LEAST,
      max: 10 ** Math.ceil(Math.log10(most)),
      tick: String,
      format: (value) => (value <= LEAST ? '0' : value < 10 ? value.toPrecision(2) : value.toFixed(0)),
    },
    series: lines,
    levels: [{ y: TOLERANCE, label: '1 %', dash: 'dotted', hue: 'neutral' }],
    spoken: `To keep the error of T²·KL below 1 %: ${caching.temperatures.map((t, i) => `${plural(caching.enough[i]!, 'logit')} at T ${t}`).join(', ')}.`,
  };
}

/** At most four values of k, each twice the last, so that their lines are distinct. */
const fewest = ({ topK }: Caching) => topK.filter(({ k }) => [1, 2, 5, 20].includes(k));

const inPercent = (shares: readonly (number | null)[]) =>
  shares.map((share) => (share === null ? null : Math.max(LEAST, 100 * share)));

/** "Of 10 logits 5 are enough at T 4, 9 at T 20", of the temperature that is looked at. */
export function cachingSentence(
  { caching, classes }: ByTemperature['measured'],
  temperature: number,
): string {
  const { temperatures, enough, topK, float16 } = caching;
  const at = temperatures.reduce((best, t, i) => (distance(t) < distance(temperatures[best]!) ? i : best), 0);
  function distance(t: number) {
    return Math.abs(Math.log(t / temperature));
  }
  const largest = (probabilities: readonly number[] | undefined) =>
    withUnit(loss(100 * (probabilities?.[at] ?? 0)), '%');
  const fewer = enough[at]! < classes;
  return [
    `At T ${temperatures[at]!}, ${fewer ? `${enough[at]!} of ${classes} logits ${enough[at] === 1 ? 'keeps' : 'keep'}` : `all ${classes} logits are needed to keep`} the error of T²·KL below 1 %.`,
    `The largest error of a probability is ${largest(float16.probability)} in float16${topK[0] ? ` and ${largest(topK[0].probability)} with the likeliest logit alone` : ''}.`,
  ].join(' ');
}
