import { axisTicks, gridLines, project } from './axis';
import { pushApart } from './labels';
import { type Axis, type ChartModel, type Hue, type Series, isNumber, valueAt } from './model';

/** Pixels that every drawing of a chart shares. */
export const FONT_SIZE = 11;
const LABEL_GAP = 13;
const LABEL_INDENT = 7;
export const Y_ROOM = 26;
/** Classes stand close, numbers need air. */
export const xRoom = (axis: Axis) => (axis.ticks ? 18 : 46);

/** The areas of a shared chart: quiet enough for what is drawn on them. */
export const FILL_OPACITY: Record<Hue, number> = { teacher: 0.22, labels: 0.5, neutral: 0.2 };

export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Label {
  text: string;
  x: number;
  y: number;
  hue: Hue;
  bold: boolean;
  align: 'left' | 'right' | 'center';
}

export const ticksOf = (model: ChartModel, area: Area) => {
  const x = axisTicks(model.x, area.right - area.left, xRoom(model.x));
  const y = axisTicks(model.y, area.bottom - area.top, Y_ROOM);
  return { x, y, yGrid: gridLines(model.y, y) };
};

/** What is written at a line's end: its name, and its value at the cursor where there is one. */
export function labelText(model: ChartModel, series: Series, cursor: number | null): string {
  const value = cursor === null ? null : valueAt(series, cursor);
  return value === null ? (series.label ?? '') : `${series.label ?? ''} ${model.y.format(value)}`;
}

/** The longest that the labels can get, for the room at the right. */
export const labelTexts = (model: ChartModel): string[] =>
  model.rightTicks
    ? model.rightTicks.map((tick) => tick.label)
    : [
        ...model.series
          .filter((s) => s.label !== null && !s.bars)
          .flatMap((s) =>
            [model.y.min, model.y.max].map((value) => `${s.label ?? ''} ${model.y.format(value)}`),
          ),
        ...model.levels.map((level) => level.label),
      ];

/** Names at the ends of lines and levels, pushed apart; beside the cursor where words stand at the right edge. */
export function labelsOf(model: ChartModel, area: Area, cursor: number | null): Label[] {
  const y = project(model.y, area.bottom, area.top);
  const clamp = (pixel: number) => Math.min(area.bottom, Math.max(area.top, pixel));
  const named = model.series.filter((s) => s.label !== null && !s.bars);
  const height = (series: Series) => {
    const last = series.y.findLast(isNumber);
    return last === undefined ? null : clamp(y(last));
  };
  if (model.rightTicks) {
    const at = cursor ?? model.x.max;
    const x = project(model.x, area.left, area.right)(at);
    const right: Label[] = model.rightTicks.map((tick) => ({
      text: tick.label,
      x: area.right + LABEL_INDENT,
      y: clamp(y(tick.value)),
      hue: 'neutral',
      bold: false,
      align: 'left',
    }));
    const beside = named.flatMap((series, i): Label[] => {
      const value = valueAt(series, at);
      if (value === null) return [];
      // The first above at the left, the second below at the right: the curves rise between them.
      const left = i % 2 === 0;
      return [
        {
          text: labelText(model, series, cursor),
          x: x + (left ? -LABEL_INDENT : LABEL_INDENT),
          y: clamp(y(value) + (left ? -LABEL_GAP : LABEL_GAP)),
          hue: series.hue,
          bold: isBold(series),
          align: left ? 'right' : 'left',
        },
      ];
    });
    return [...right, ...beside];
  }
  const ends = [
    ...named.flatMap((series) => {
      const at = height(series);
      if (at === null) return [];
      return [
        {
          text: labelText(model, series, cursor),
          at,
          hue: series.hue,
          bold: isBold(series),
        },
      ];
    }),
    ...model.levels
      .filter((level) => level.label)
      .map((level) => ({ text: level.label, at: clamp(y(level.y)), hue: level.hue, bold: false })),
  ];
  const placed = pushApart(
    ends.map((end) => end.at),
    LABEL_GAP,
    area.top,
    area.bottom,
  );
  return ends.map((end, i) => ({
    text: end.text,
    x: area.right + LABEL_INDENT,
    y: placed[i] ?? end.at,
    hue: end.hue,
    bold: end.bold,
    align: 'left',
  }));
}

const isBold = (series: Series) =>
  series.rank === 'main' && series.dash === 'solid' && series.hue !== 'neutral';

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

export const dashes = (dash: Series['dash'], width: number): number[] =>
  ({
    solid: [],
    dashed: [3 * width, 2 * width],
    dotted: [width, 1.5 * width],
    dashDot: [3 * width, 1.5 * width, width, 1.5 * width],
  })[dash];

/** Pixels; 0 where a series is its line alone. */
export const dotRadius = ({ dots }: Series): number => (dots === undefined ? 0 : dots === 'filled' ? 4 : 3);

/** Line width and opacity by what a line is for; raw values are fainter the closer they stand. */
export function stroke(
  series: Series,
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
