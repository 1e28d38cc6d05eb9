import { fixed } from '../../src/results/format';
import type { Axis } from '../chart/model';
import type { ArmRow } from './armRows';
import { type Measure, measures } from './measures';

/** Room around what is drawn, in shares of its span. */
const PAD = 0.06;

/** One axis for the differences of all rows, in percentage points: 0, every seed and every interval are on it. */
export function differenceAxis(rows: readonly ArmRow[]): Axis {
  const all = rows.flatMap(({ comparison }) =>
    comparison
      ? [
          ...comparison.perSeed.map(({ difference }) => difference),
          ...(comparison.interval ? [comparison.interval.low, comparison.interval.high] : []),
        ]
      : [],
  );
  return padded(
    [0, ...all].map((share) => share * 100),
    1,
    (value, decimals) => fixed(value, decimals, { signDisplay: 'exceptZero' }),
  );
}

/** One axis for the measure of every seed of all rows, as it is drawn. */
export function measureAxis(rows: readonly ArmRow[], measure: Measure): Axis {
  const { ofSeed, scale } = measures[measure];
  const all = rows.flatMap(({ arm, part }) =>
    arm.seeds.flatMap((seed) => {
      const value = ofSeed(seed, part);
      return value === null ? [] : [value * scale];
    }),
  );
  return padded(all, 0, fixed);
}

function padded(values: readonly number[], least: number, tick: Axis['tick']): Axis {
  if (values.length === 0) return { scale: 'linear', min: 0, max: 1, tick };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(high - low, least, Math.abs(high) * 1e-6, 1e-9);
  return {
    scale: 'linear',
    min: low - PAD * span,
    max: Math.max(high, low + span * least) + PAD * span,
    tick,
  };
}
