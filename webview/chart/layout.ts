import { axisTicks, gridLines, labelledTicks, project, type Tick } from './axis';
import { type Axis, type ChartModel, type Hue, type ChartSeries, isNumber } from './model';
import type { TextWidth } from './textWidth';

/** Pixels that every drawing of a chart shares. */
export const FONT_SIZE = 11;
export const Y_ROOM = 26;
/** Below a chart: its ticks, and the name of its axis. */
export const X_HEIGHT = 38;
export const X_TICKS = 13;
export const X_NAME = 29;

/** Pixels between the texts of two ticks of the x axis. */
const X_GAP = 8;

/** Ticks of the x axis with their texts, no more than stand side by side: short names may be close, numbers are not. */
export function xTicks(axis: Axis, pixels: number, width: TextWidth): Tick[] {
  const needed = (ticks: readonly Tick[]) => Math.max(0, ...ticks.map(({ text }) => width(text))) + X_GAP;
  const ticks = (room: number) => labelledTicks(axis, axisTicks(axis, pixels, room));
  const room = axis.ticks ? Math.max(18, needed(labelledTicks(axis, axis.ticks))) : 46;
  const found = ticks(room);
  return needed(found) <= room ? found : ticks(needed(found));
}

export const yTicks = (axis: Axis, pixels: number): Tick[] =>
  labelledTicks(axis, axisTicks(axis, pixels, Y_ROOM));

/** The areas of a shared chart: quiet enough for what is drawn on them. */
export const FILL_OPACITY: Record<Hue, number> = { teacher: 0.22, labels: 0.5, neutral: 0.2 };

export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const ticksOf = (model: ChartModel, area: Area, width: TextWidth) => {
  const x = xTicks(model.x, area.right - area.left, width);
  const y = yTicks(model.y, area.bottom - area.top);
  return {
    x,
    y,
    yGrid: gridLines(
      model.y,
      y.map(({ at }) => at),
    ),
  };
};

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  hue: Hue;
  hatched: boolean;
  text: string;
}

export function barsOf(model: ChartModel, area: Area): Bar[] {
  const x = project(model.x, area.left, area.right);
  const y = project(model.y, area.bottom, area.top);
  return model.series.flatMap((series) => {
    const { bars } = series;
    if (!bars) return [];
    return series.x.flatMap((at, i): Bar[] => {
      const value = series.y[i];
      if (!isNumber(value)) return [];
      const left = x(at + bars.offset - bars.width / 2);
      const top = Math.min(area.bottom, value > 0 || model.y.scale === 'linear' ? y(value) : area.bottom);
      return [
        {
          x: left,
          y: top,
          width: x(at + bars.offset + bars.width / 2) - left,
          height: area.bottom - top,
          hue: series.hue,
          hatched: bars.hatched,
          text: model.y.format(value),
        },
      ];
    });
  });
}

/** Where a ✕ stands: on the line that failed, at its last value. */
export function failuresOf(model: ChartModel, area: Area): { x: number; y: number; label: string }[] {
  const x = project(model.x, area.left, area.right);
  const y = project(model.y, area.bottom, area.top);
  const line = model.series.find((s) => s.rank === 'main');
  return model.failures.map((failure) => {
    const value = line?.y.findLast(isNumber);
    const at = value === undefined ? (area.top + area.bottom) / 2 : y(value);
    return {
      x: x(failure.x),
      y: Math.min(area.bottom - 6, Math.max(area.top + 6, at)),
      label: failure.label,
    };
  });
}

export const dashes = (dash: ChartSeries['dash'], width: number): number[] =>
  ({
    solid: [],
    dashed: [3 * width, 2 * width],
    dotted: [width, 1.5 * width],
    dashDot: [3 * width, 1.5 * width, width, 1.5 * width],
  })[dash];

/** Whether a line has one point, which no stroke shows. */
const isLone = ({ y, bars }: ChartSeries): boolean => !bars && y.filter(isNumber).length === 1;

/** Pixels of the circles at the points of a series; 0 where it is its line alone. */
export const dotRadius = (series: ChartSeries): number =>
  series.dots === 'filled' ? 4 : series.dots === 'hollow' || isLone(series) ? 3 : 0;

/** Line width and opacity by what a line is for; raw values are fainter the closer they stand. */
export function stroke(
  series: ChartSeries,
  highContrast: boolean,
  pixels: number,
): { width: number; opacity: number } {
  const width = highContrast ? 2.6 : 2;
  if (series.dots === 'hollow') return { width: width * 0.6, opacity: 1 };
  switch (series.rank) {
    case 'main':
      return { width: series.hue === 'neutral' ? width * 0.75 : width, opacity: 1 };
    case 'raw':
      return {
        width: 1,
        opacity: highContrast ? 0 : Math.max(0.12, Math.min(0.35, (0.2 * pixels) / series.x.length)),
      };
    case 'seed':
      return { width: 1, opacity: highContrast ? 0.45 : 0.25 };
    case 'overlay':
      return { width: width * 0.8, opacity: highContrast ? 1 : 0.6 };
  }
}
