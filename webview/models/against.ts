import { fixed } from '../../src/results/format';
import type { ArmSummary, CellValue, Summary } from '../../src/results/summary';
import { linearTicks } from '../chart/axis';
import type { Axis } from '../chart/model';
import { type Measure, measures } from './measures';

/** A seed of a cell, at its value of the parameter. */
export interface AgainstDot {
  slug: string;
  title: string;
  kind: 'scratch' | 'distilled';
  seed: number;
  x: CellValue;
  y: number;
  /** Index of the line that its mean is on; null of scratch. */
  line: number | null;
}

/** Cells that differ in the parameter alone: their means, in its order. */
export interface AgainstLine {
  /** Their other parameters, e.g. "α 0.9"; empty where there are none. */
  label: string;
  means: { x: CellValue; y: number }[];
}

export interface Against {
  parameter: { path: string; label: string };
  dots: AgainstDot[];
  lines: AgainstLine[];
  /** The scratch that all cells share; null where the parameter changes it too: then its seeds are among the dots. */
  scratch: number | null;
  teacher: number | null;
}

/** A measure against a swept parameter, every seed a dot; null where no sweep has results. Values as they are drawn. */
export function against(summary: Summary, path: string | null, measure: Measure): Against | null {
  const { sweep, arms, part } = summary;
  const parameter = sweep?.parameters.find((one) => one.path === path) ?? sweep?.parameters[0];
  if (!sweep || !parameter) return null;
  const { of, ofSeed, scale } = measures[measure];
  const cells = arms.filter((arm) => arm.cell?.[parameter.path] !== undefined);
  const valueOf = (arm: ArmSummary) => arm.cell![parameter.path]!;
  const dotsOf = (
    arm: ArmSummary,
    kind: AgainstDot['kind'],
    x: CellValue,
    line: number | null,
  ): AgainstDot[] =>
    arm.seeds.flatMap((seed) => {
      const value = ofSeed(seed, part);
      if (value === null) return [];
      return [{ slug: arm.slug, title: arm.title, kind, seed: seed.seed, x, y: value * scale, line }];
    });
  const labelOf = ({ cell }: ArmSummary) =>
    sweep.parameters
      .filter((one) => one.path !== parameter.path)
      .map((one) => `${one.label} ${String(cell?.[one.path] ?? '–')}`)
      .join(' · ');
  const labels = [...new Set(cells.map(labelOf))];
  const order = (value: CellValue) => (typeof value === 'number' ? value : parameter.values.indexOf(value));
  const lines = labels.map((label): AgainstLine => ({
    label,
    means: cells
      .filter((arm) => labelOf(arm) === label)
      .flatMap((arm) => {
        const mean = of(arm, part)?.mean;
        return mean === undefined ? [] : [{ x: valueOf(arm), y: mean * scale }];
      })
      .sort((a, b) => order(a.x) - order(b.x)),
  }));
  const scratches = scratchesBy(summary, cells, valueOf);
  const [only] = scratches;
  const shared = only !== undefined && scratches.every(({ arm }) => arm === only.arm);
  const level = (arm: ArmSummary | null | undefined) => {
    const mean = arm ? of(arm, part)?.mean : undefined;
    return mean === undefined ? null : mean * scale;
  };
  const dots = [
    ...cells.flatMap((arm) => dotsOf(arm, 'distilled', valueOf(arm), labels.indexOf(labelOf(arm)))),
    ...(shared ? [] : scratches.flatMap(({ arm, x }) => dotsOf(arm, 'scratch', x, null))),
  ];
  if (dots.length === 0) return null;
  return {
    parameter,
    dots,
    lines,
    scratch: shared ? level(only.arm) : null,
    teacher: level(summary.teacher),
  };
}

/** Each scratch once for each value of the parameter that its cells have. */
function scratchesBy(
  { scratch, otherScratches, comparisons }: Summary,
  cells: readonly ArmSummary[],
  valueOf: (arm: ArmSummary) => CellValue,
): { arm: ArmSummary; x: CellValue }[] {
  const all = [scratch, ...otherScratches].filter((arm) => arm !== null);
  const found = new Map<string, { arm: ArmSummary; x: CellValue }>();
  for (const cell of cells) {
    const slug = comparisons.find((one) => one.arm === cell.slug)?.scratch;
    const arm = all.find((one) => one.slug === slug);
    if (arm) found.set(`${arm.slug} ${String(valueOf(cell))}`, { arm, x: valueOf(cell) });
  }
  return [...found.values()];
}

/** Ends on whole steps around all values, so that the axis does not move with every seed. */
export function valueAxis(values: readonly number[]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const ticks = linearTicks(low - (high - low || 1) * 0.05, high + (high - low || 1) * 0.05, 6);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0) || 1;
  return {
    scale: 'linear',
    min: Math.floor(low / step) * step,
    max: Math.ceil(high / step) * step,
    tick: fixed,
  };
}
