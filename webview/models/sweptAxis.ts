import { plain } from '../../src/results/format';
import type { CellValue } from '../../src/results/summary';
import type { Axis } from '../chart/model';

/** Positions and tick texts of a swept parameter's values on an axis. */
export interface SweptAxis {
  axis: Axis;
  place: (value: CellValue) => number;
  say: (value: CellValue) => string;
}

/** Up to so many values are placed at equal distances, each with a tick; more numbers are placed to scale. */
const MOST_TICKS = 8;

const say = (value: CellValue): string => (typeof value === 'number' ? sayNumber(value) : String(value));
/** Fractions have six significant digits; a learning rate of 1e-7 is not 0. */
function sayNumber(value: number): string {
  if (Number.isInteger(value)) return plain(value);
  const short = Number(value.toPrecision(6));
  return Math.abs(short) < 1e-4 ? short.toExponential().replace('-', '−') : plain(short, 12);
}

/**
 * An axis for the values that a sweep gave a parameter: numbers ascending (logarithmic where they span a decade), anything
 * else in the order of the file.
 * @param even at equal distances where there are few, as parallel coordinates have them
 */
export function sweptAxis(values: readonly CellValue[], even: boolean): SweptAxis {
  const distinct = [...new Set(values)];
  const numbers = distinct.filter((value) => typeof value === 'number');
  const allNumbers = numbers.length === distinct.length;
  if (allNumbers) distinct.sort((a, b) => Number(a) - Number(b));
  if (!allNumbers || (even && distinct.length <= MOST_TICKS))
    return {
      axis: {
        scale: 'linear',
        min: even ? 0 : -0.5,
        max: Math.max(1, distinct.length - 1) + (even ? 0 : 0.5),
        ticks: distinct.map((_, i) => i),
        tick: (index) => (distinct[index] === undefined ? '' : say(distinct[index])),
      },
      place: (value) => distinct.indexOf(value),
      say,
    };
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const log = low > 0 && high / low >= 10;
  const pad = even ? 0 : 0.06;
  const span = high - low || Math.abs(high) || 1;
  return {
    axis: {
      scale: log ? 'log' : 'linear',
      min: log ? low / (high / low) ** pad : low - pad * span,
      max: log ? high * (high / low) ** pad : low + span + (high === low ? 0 : pad * span),
      ...(distinct.length <= MOST_TICKS && { ticks: numbers.sort((a, b) => a - b) }),
      tick: sayNumber,
    },
    place: Number,
    say,
  };
}
