import quantile from '@stdlib/stats-base-dists-t-quantile';
import { count, decimalsFor, fixed, plural, pointsWithUnit } from '../format';
import { spread } from '../../sampleStatistics';
import type { SweepSummary } from '../summary';
import { FEWEST_SEEDS } from '../evidence';
import { accuracyOf, gainOf, groupsBut, settingTitle, TEMPERATURE, type Cell, type Cells } from './cells';

/** The recommended setting, with the reason and its certainty, from validation results only. **bold** marks the setting and the gain. */
export interface Recommendation {
  arm: string;
  sentence: string;
  reason: string;
  /** Slugs of the settings that are not significantly worse. */
  within: string[];
}

const LEVEL = 0.95;

/**
 * The setting with the highest mean accuracy on validation data (of those with the most seeds, so that one lucky seed cannot win),
 * which is the sweep's winner once all are done, beside those that paired differences over the same seeds do
 * not tell apart from it (95 % t interval over seeds, for each pair alone).
 *
 * @param examples of validation data, for the digits
 * @returns null where nothing has finished
 */
export function recommend(
  all: Cells,
  examples: number,
  sweep: Pick<SweepSummary, 'winner' | 'optimism'> | null = null,
): Recommendation | null {
  const most = Math.max(0, ...all.cells.map(({ seeds }) => seeds.length));
  const ranked = all.cells
    .filter(({ seeds }) => most > 0 && seeds.length === most)
    .toSorted((a, b) => accuracyOf(b)!.mean - accuracyOf(a)!.mean);
  const best = ranked.find(({ slug }) => slug === sweep?.winner) ?? ranked[0];
  if (best === undefined) return null;
  const others = all.cells.filter((cell) => cell !== best && cell.seeds.length > 0);
  const within = others.filter((other) => !toldApart(best, other));
  const decimals = decimalsFor(examples);
  return {
    arm: best.slug,
    sentence: [`**${settingTitle(best, all.parameters)}**`, gainInWords(best, decimals)].join(': '),
    reason: [
      reasonInWords(all, best, others, within),
      others.length > 0 && flattery(others.length + 1, examples, sweep?.optimism ?? null, decimals),
    ]
      .filter(Boolean)
      .join(' '),
    within: within.map(({ slug }) => slug),
  };
}

function gainInWords(best: Cell, decimals: number): string {
  const gain = gainOf(best, 'accuracy');
  if (gain === null)
    return 'the most accurate setting on validation; there is no scratch to compare it with.';
  const seeds = gain.n === 1 ? '1 seed' : `${plural(gain.n, 'seed')}, sd ${fixed(100 * gain.sd, decimals)}`;
  return `**${pointsWithUnit(gain.mean, decimals)}** over scratch on validation (${seeds}).`;
}

function reasonInWords(all: Cells, best: Cell, others: readonly Cell[], within: readonly Cell[]): string {
  if (others.length === 0)
    return 'No other setting was tried: a sweep over T and α would show whether it is the best.';
  if (best.seeds.length < FEWEST_SEEDS)
    return `${plural(best.seeds.length, 'seed')} cannot tell the settings apart; at least ${FEWEST_SEEDS} are needed.`;
  const each =
    others.length === 1 ? 'The other setting' : `Each of the other ${count(others.length)} settings`;
  if (within.length === 0)
    return `${each} is significantly worse (95 % t interval of the paired differences).`;
  const range = temperatureRange(all, best, within);
  const some =
    others.length === within.length
      ? each
      : `In all, ${count(within.length)} of the other ${count(others.length)} settings`;
  return `${range} not significantly worse. ${some} may be as good (95 % t interval of the paired differences over seeds).`;
}

/** "T 2 to 8 are", of what differs from the best in its temperature alone. */
function temperatureRange(all: Cells, best: Cell, within: readonly Cell[]): string {
  const alike = groupsBut(all, TEMPERATURE).find(({ cells }) => cells.includes(best))!.cells;
  const temperatures = alike
    .filter((cell) => cell === best || within.includes(cell))
    .map(({ values }) => Number(values[TEMPERATURE]))
    .sort((a, b) => a - b);
  const [low, high] = [temperatures[0]!, temperatures.at(-1)!];
  if (low !== high) return `T ${low} to ${high} are`;
  return within.length === 1 ? 'Another setting is' : 'Other settings are';
}

/** The best of many is partly luck; fresh seeds say how much. */
function flattery(
  tried: number,
  examples: number,
  optimism: SweepSummary['optimism'],
  decimals: number,
): string {
  return optimism === null
    ? `The best of ${count(tried)} on the same ${plural(examples, 'validation example')} looks better than it is.`
    : `Chosen as the best of ${count(tried)} it gained ${pointsWithUnit(optimism.chosen, decimals)}; on fresh seeds ${pointsWithUnit(optimism.confirmed, decimals)}.`;
}

/** Whether the interval of the mean paired difference, over the seeds that both have, leaves out 0. */
function toldApart(a: Cell, b: Cell): boolean {
  const differences = a.seeds.flatMap(({ seed, accuracy }) => {
    const other = b.seeds.find((one) => one.seed === seed);
    return other ? [accuracy - other.accuracy] : [];
  });
  const paired = spread(differences);
  if (paired === null || paired.n < FEWEST_SEEDS) return false;
  const half = (quantile((1 + LEVEL) / 2, paired.n - 1) * paired.sd) / Math.sqrt(paired.n);
  return Math.abs(paired.mean) > half;
}
