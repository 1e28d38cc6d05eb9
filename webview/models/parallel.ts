import { fixed } from '../../src/results/format';
import type { ArmSummary, CellValue, Summary } from '../../src/results/summary';
import { axisTicks, labelledTicks, project } from '../chart/axis';
import type { Axis } from '../chart/model';
import { type Measure, measures } from './measures';
import { sweptAxis } from './sweptAxis';

/** One upright axis: ticks by their height, 0 at the bottom, 1 at the top, where it is better. */
export interface UprightAxis {
  id: string;
  name: string;
  ticks: { at: number; text: string }[];
  /** The values that can be left out one by one; null where there are too many. */
  values: CellValue[] | null;
}

/** A cell of the sweep: its heights on the axes, null where a value is missing. */
export interface CellLine {
  slug: string;
  title: string;
  values: (CellValue | null)[];
  heights: (number | null)[];
  /** 0 for the worst, 1 for the best of all cells. */
  strength: number;
  winner: boolean;
}

export interface Parallel {
  axes: UprightAxis[];
  lines: CellLine[];
  /** Which part the result is of: accuracy is of validation, on which a cell is chosen. */
  part: Summary['part'];
}

const AXIS_PIXELS = 220;

/** Parallel coordinates of a sweep; null where there is none, or no cell has a result yet. */
export function parallel({ sweep, arms, part: shown }: Summary, measure: Measure): Parallel | null {
  const kind = measures[measure];
  const part = measure === 'accuracy' ? 'validation' : shown;
  const cells = arms.filter((arm) => arm.cell !== null && kind.of(arm, part) !== null);
  if (!sweep || cells.length === 0) return null;
  const parameters = sweep.parameters.map((parameter) => {
    const values = cells.flatMap((arm) => arm.cell?.[parameter.path] ?? []);
    const { axis, place, say } = sweptAxis(values, true);
    const height = project(axis, 0, 1);
    const distinct = [...new Set(values)].sort((a, b) => place(a) - place(b));
    return {
      axis: upright(parameter.path, parameter.label, axis, height, distinct.length <= 8 ? distinct : null),
      of: (arm: ArmSummary) => arm.cell?.[parameter.path] ?? null,
      height: (value: CellValue) => height(place(value)),
      say,
    };
  });
  const result = (arm: ArmSummary) => kind.of(arm, part)!.mean * kind.scale;
  const spreadOf = (arm: ArmSummary) => kind.of(arm, part)!.sd * kind.scale;
  const several = cells.some((arm) => kind.of(arm, part)!.n > 1);
  const numbers = [
    ...(several
      ? [measured('sd', `sd${kind.scale === 100 ? ', pp' : ''}`, cells.map(spreadOf), 'low', spreadOf)]
      : []),
    measured(
      'result',
      `${kind.title}${kind.unit && `, ${kind.unit}`}`,
      cells.map(result),
      kind.better,
      result,
    ),
  ];
  const best = numbers.at(-1)!;
  return {
    part,
    axes: [...parameters, ...numbers].map(({ axis }) => axis),
    lines: cells.map((arm) => ({
      slug: arm.slug,
      title: arm.title,
      values: [...parameters.map((one) => one.of(arm)), ...numbers.map((one) => one.of(arm))],
      heights: [
        ...parameters.map((one) => {
          const value = one.of(arm);
          return value === null ? null : one.height(value);
        }),
        ...numbers.map((one) => one.height(one.of(arm))),
      ],
      strength: best.height(best.of(arm)),
      winner: arm.slug === sweep.winner,
    })),
  };
}

function measured(
  id: string,
  name: string,
  values: readonly number[],
  better: 'high' | 'low',
  of: (arm: ArmSummary) => number,
) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const axis: Axis = {
    scale: 'linear',
    min: low,
    max: high > low ? high : low + 1,
    tick: fixed,
  };
  const up = project(axis, 0, 1);
  const height = (value: number) => (better === 'high' ? up(value) : 1 - up(value));
  return { axis: upright(id, name, axis, height, null), of, height };
}

function upright(
  id: string,
  name: string,
  axis: Axis,
  height: (value: number) => number,
  values: CellValue[] | null,
): UprightAxis {
  const ticks = labelledTicks(axis, axisTicks(axis, AXIS_PIXELS, 24));
  return { id, name, ticks: ticks.map(({ at, text }) => ({ at: height(at), text })), values };
}

/** Cells that are shown: values left out by axis, and ranges of heights. */
export interface CellFilter {
  out: Record<string, CellValue[]>;
  ranges: Record<string, [number, number]>;
}

/** Whether a cell is shown. */
export const passesFilter = ({ axes }: Parallel, line: CellLine, { out, ranges }: CellFilter): boolean =>
  axes.every(({ id }, i) => {
    const [value, height, range] = [line.values[i] ?? null, line.heights[i] ?? null, ranges[id]];
    if (value !== null && out[id]?.includes(value)) return false;
    return !range || (height !== null && height >= range[0] - 1e-9 && height <= range[1] + 1e-9);
  });
