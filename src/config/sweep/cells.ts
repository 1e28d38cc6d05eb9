import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Cell, CellValue, Range, Sweep } from './schema';

type Values = Sweep['parameters'][string];

/** Significant digits of values from a range, which keeps names short. */
const DIGITS = 3;

/** The grid values of a parameter. */
export function gridValues(values: Values): CellValue[] {
  if (Array.isArray(values)) return values;
  const { count } = values;
  return [...new Set(Array.from({ length: count }, (_, i) => within(values, i / (count - 1))))];
}

/** The value at a fraction (0–1) of a range; the ends are exact. */
function within({ from, to, scale, whole }: Range, share: number): number {
  if (share === 0 || share === 1) return share === 0 ? from : to;
  const value = scale === 'log' ? from * (to / from) ** share : from + share * (to - from);
  return whole ? Math.round(value) : Number(value.toPrecision(DIGITS));
}

const gridSize = (sweep: Sweep): number =>
  Object.values(sweep.parameters).reduce((size, values) => size * gridValues(values).length, 1);

const isContinuous = (sweep: Sweep) =>
  Object.values(sweep.parameters).some((values) => !Array.isArray(values));

/** The number of cells of a sweep, without creating them. */
export function cellCount(sweep: Sweep): number {
  const random = sweep.search === 'grid' ? undefined : sweep.search.random;
  if (random === undefined) return gridSize(sweep);
  return isContinuous(sweep) ? random : Math.min(random, gridSize(sweep));
}

/** The cells of a sweep in order; in a grid the last parameter varies fastest. */
export function cellsOf(sweep: Sweep): Cell[] {
  const { search } = sweep;
  const random = search === 'grid' ? undefined : search.random;
  const size = gridSize(sweep);
  if (random === undefined || (!isContinuous(sweep) && random >= size)) {
    const axes = Object.entries(sweep.parameters).map(([path, values]): Axis => [path, gridValues(values)]);
    return Array.from({ length: size }, (_, index) => gridCell(axes, index));
  }
  return drawn(sweep, random, search === 'grid' ? 0 : search.seed);
}

type Axis = [path: string, values: CellValue[]];

function gridCell(axes: readonly Axis[], index: number): Cell {
  let rest = index;
  const picked = axes.toReversed().map(([path, values]): [string, CellValue] => {
    const value = values[rest % values.length]!;
    rest = Math.floor(rest / values.length);
    return [path, value];
  });
  return Object.fromEntries(picked.reverse());
}

/** Distinct random cells, drawn one after the other, so that a larger count keeps those drawn before. */
function drawn({ parameters }: Sweep, count: number, seed: number): Cell[] {
  const generator = xoroshiro128plus(seed);
  const share = () => (generator.next() >>> 0) / 2 ** 32;
  const draw = (values: Values): CellValue =>
    Array.isArray(values) ? values[Math.floor(share() * values.length)]! : within(values, share());
  const cells = new Map<string, Cell>();
  // Rounded values may run out before the count is reached.
  for (let tries = 0; cells.size < count && tries < 100 * count; tries += 1) {
    const cell = Object.fromEntries(Object.entries(parameters).map(([path, values]) => [path, draw(values)]));
    cells.set(JSON.stringify(cell), cell);
  }
  return [...cells.values()];
}
