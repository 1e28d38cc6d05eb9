import { project } from './axis';
import { pushApart } from '../../src/results/plots';
import { type Box, placeLabels, textBox } from './labels';
import { type Area, type Bar, barsOf } from './layout';
import { type ChartModel, type Hue, type ChartSeries, isNumber, valueAt } from './model';
import type { TextWidth } from './textWidth';

const GAP = 13;
const INDENT = 7;
/** Shares of the chart's width: names may take so much, names with their values at the cursor so much. */
const NAMES = 0.22;
const VALUES = 0.16;
/** Pixels between two numbers on one height: closer, they read as one. */
const APART = 4;
/** Steps by which the number of a bar may be lifted over its neighbour's. */
const LIFTS = [0, 1, 2, 3];

export interface Label {
  text: string;
  x: number;
  y: number;
  hue: Hue;
  bold: boolean;
  align: 'left' | 'right' | 'center';
}

/** The drawing around a chart's area: nothing is written beyond it. */
export interface Sheet {
  width: number;
  height: number;
  textWidth: TextWidth;
}

/** What is written at a line's end: its name, and its value at the cursor where there is one. */
export function labelText(model: ChartModel, series: ChartSeries, cursor: number | null): string {
  const value = cursor === null ? null : valueAt(series, cursor);
  return value === null ? (series.label ?? '') : `${series.label ?? ''} ${model.y.format(value)}`;
}

const isNamed = (series: ChartSeries) => series.label !== null && !series.bars;
const isBold = (series: ChartSeries) =>
  series.rank === 'main' && series.dash === 'solid' && series.hue !== 'neutral';

/**
 * Pixels that the labels get at the right. Names with values have them all where that is little of the chart; else there is
 * room for names alone, and what is longer begins over the lines.
 */
export function labelRoom(model: ChartModel, width: number, textWidth: TextWidth): number {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => textWidth(text, true)));
  const named = model.rightTicks ? [] : model.series.filter(isNamed);
  const fixed = model.rightTicks?.map((tick) => tick.label) ?? model.levels.map((level) => level.label);
  const ends = [model.y.min, model.y.max];
  const full = widest([
    ...fixed,
    ...named.flatMap((s) => ends.map((value) => `${s.label ?? ''} ${model.y.format(value)}`)),
  ]);
  const names = widest([...fixed, ...named.map((s) => s.label ?? '')]);
  if (names === 0) return 8;
  const room = full <= VALUES * width ? full : Math.min(names, NAMES * width);
  return Math.ceil(room) + INDENT + 4;
}

/** Names at the ends of lines and levels, pushed apart; beside the cursor where words stand at the right edge. */
export function labelsOf(model: ChartModel, area: Area, cursor: number | null, sheet: Sheet): Label[] {
  return model.rightTicks
    ? besideCursor(model, model.rightTicks, area, cursor, sheet)
    : atEnds(model, area, cursor, sheet);
}

type Words = Pick<Label, 'text' | 'hue' | 'bold'>;

function atEnds(model: ChartModel, area: Area, cursor: number | null, sheet: Sheet): Label[] {
  const y = project(model.y, area.bottom, area.top);
  const clamp = (pixel: number) => Math.min(area.bottom, Math.max(area.top, pixel));
  const wanted = [
    ...model.series.filter(isNamed).flatMap((series): (Words & { at: number })[] => {
      const last = series.y.findLast(isNumber);
      if (last === undefined) return [];
      const text = labelText(model, series, cursor);
      return [{ text, at: clamp(y(last)), hue: series.hue, bold: isBold(series) }];
    }),
    ...model.levels
      .filter((level) => level.label)
      .map((level) => ({ text: level.label, at: clamp(y(level.y)), hue: level.hue, bold: false })),
  ];
  const most = Math.floor((area.bottom - area.top) / GAP) + 1;
  // Lines that are read come after those laid below them.
  const ends = wanted.slice(-most);
  const placed = pushApart(
    ends.map((end) => end.at),
    GAP,
    area.top,
    area.bottom,
  );
  return ends.map(({ at, ...words }, i) => {
    const right = area.right + INDENT + sheet.textWidth(words.text, words.bold) > sheet.width - 1;
    return {
      ...words,
      x: right ? sheet.width - 2 : area.right + INDENT,
      y: placed[i] ?? at,
      align: right ? 'right' : 'left',
    };
  });
}

/** Words at the right edge stay at their heights; the names of the lines find a place beside the cursor. */
function besideCursor(
  model: ChartModel,
  ticks: NonNullable<ChartModel['rightTicks']>,
  area: Area,
  cursor: number | null,
  sheet: Sheet,
): Label[] {
  const y = project(model.y, area.bottom, area.top);
  const clamp = (pixel: number) => Math.min(area.bottom, Math.max(area.top, pixel));
  const at = cursor ?? model.x.max;
  const x = project(model.x, area.left, area.right)(at);
  const right = [...ticks]
    .sort((a, b) => b.value - a.value)
    .map((tick): Label[] => [
      {
        text: tick.label,
        x: area.right + INDENT,
        y: clamp(y(tick.value)),
        hue: 'neutral',
        bold: false,
        align: 'left',
      },
    ]);
  const beside = model.series.filter(isNamed).flatMap((series, i): Label[][] => {
    const value = valueAt(series, at);
    if (value === null) return [];
    const words = { text: labelText(model, series, cursor), hue: series.hue, bold: isBold(series) };
    // The first above at the left, the second below at the right: the curves rise between them.
    const sides = i % 2 === 0 ? ([-1, 1] as const) : ([1, -1] as const);
    return [
      sides.flatMap((side) =>
        [1, 2, 3, 4].map((step): Label => ({
          ...words,
          x: x + side * INDENT,
          y: clamp(y(value)) + side * step * GAP,
          align: side < 0 ? 'right' : 'left',
        })),
      ),
    ];
  });
  return free([...right, ...beside], [], sheet, 0);
}

/** The numbers on bars: the highest first, lifted over a neighbour's where they would touch it. */
export function barLabels(model: ChartModel, area: Area, sheet: Sheet): Label[] {
  const bars = barsOf(model, area);
  const order = bars.filter((bar) => bar.text !== '').sort((a, b) => a.y - b.y);
  const choices = order.map((bar) =>
    LIFTS.map((lift): Label => ({
      text: bar.text,
      x: bar.x + bar.width / 2,
      y: bar.y - INDENT - lift * (GAP - 1),
      hue: bar.hue,
      bold: false,
      align: 'center',
    })),
  );
  return free(choices, bars.map(bodyOf), sheet, APART);
}

/** Without its sides: a number may reach over its neighbour's edge, not into it. */
const bodyOf = ({ x, y, width, height }: Bar): Box => ({
  left: x + width * 0.35,
  right: x + width * 0.65,
  top: y,
  bottom: y + height,
});

/** Of each label the first of its places that is free, within the drawing. */
function free(
  choices: readonly (readonly Label[])[],
  taken: readonly Box[],
  sheet: Sheet,
  apart: number,
): Label[] {
  const boxes = choices.map((labels) =>
    labels.map(({ text, x, y, bold, align }) =>
      textBox(x, y, sheet.textWidth(text, bold) + apart, align, 12),
    ),
  );
  const bounds = { left: 0, right: sheet.width, top: 0, bottom: sheet.height };
  return placeLabels(boxes, taken, bounds).flatMap((at, i) => (at === null ? [] : [choices[i]![at]!]));
}
