import { project } from './axis';
import { pushApart } from '../../src/results/plots';
import { type Box, boxesAlong, middlesNear, placeLabels, textBox } from './labels';
import { type Area, type Bar, barsOf } from './layout';
import { type ChartModel, type Hue, type ChartSeries, isNumber, valueAt } from './model';
import { shortened, type TextWidth } from './textWidth';

const GAP = 13;
const INDENT = 7;
/** Share of the chart's width that the names of its lines may take, with their values at the cursor where those fit. */
const NAMES = 0.36;
/** Values of a line that are measured to find its widest text. */
const SAMPLES = 9;
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

/** Pixels that the labels get at the right: room for names with values where the chart is wide enough, else for names alone. */
export function labelRoom(model: ChartModel, width: number, textWidth: TextWidth): number {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => textWidth(text, true)));
  const named = model.rightTicks ? [] : model.series.filter(isNamed);
  const fixed = model.rightTicks?.map((tick) => tick.label) ?? model.levels.map((level) => level.label);
  const full = widest([
    ...fixed,
    ...named.flatMap((s) => samplesOf(model, s).map((value) => `${s.label ?? ''} ${model.y.format(value)}`)),
  ]);
  const names = widest([...fixed, ...named.map((s) => s.label ?? '')]);
  if (names === 0) return 8;
  const room = full <= NAMES * width ? full : Math.min(names, NAMES * width);
  return Math.ceil(room) + INDENT + 4;
}

/** Values of a line from its begin to its end, and the ends of the axis. */
function samplesOf({ y: axis }: ChartModel, { y, values = y }: ChartSeries): number[] {
  const every = Math.max(1, (values.length - 1) / (SAMPLES - 1));
  const some = Array.from({ length: SAMPLES }, (_, i) => values[Math.round(i * every)]);
  return [axis.min, axis.max, ...some].filter(isNumber);
}

/** Names at the ends of lines and levels, pushed apart; next to the cursor if there are words at the right edge. */
export function labelsOf(model: ChartModel, area: Area, cursor: number | null, sheet: Sheet): Label[] {
  return model.rightTicks
    ? besideCursor(model, model.rightTicks, area, cursor, sheet)
    : atEnds(model, area, cursor, sheet);
}

type Words = Pick<Label, 'text' | 'hue' | 'bold'>;

function atEnds(model: ChartModel, area: Area, cursor: number | null, sheet: Sheet): Label[] {
  const y = project(model.y, area.bottom, area.top);
  const clamp = (pixel: number) => Math.min(area.bottom, Math.max(area.top, pixel));
  const x = area.right + INDENT;
  /** The first text that fits next to the lines, or the last one, shortened. */
  const fitting = (texts: readonly string[], bold: boolean) => {
    const width = (text: string) => sheet.textWidth(text, bold);
    const room = sheet.width - 1 - x;
    return texts.find((text) => width(text) <= room) ?? shortened(texts.at(-1) ?? '', room, width);
  };
  const wanted = [
    ...model.series.filter(isNamed).flatMap((series): (Words & { at: number })[] => {
      const last = series.y.findLast(isNumber);
      if (last === undefined) return [];
      const bold = isBold(series);
      const text = fitting([labelText(model, series, cursor), labelText(model, series, null)], bold);
      return [{ text, at: clamp(y(last)), hue: series.hue, bold }];
    }),
    ...model.levels
      .filter((level) => level.label)
      .map((level) => ({
        text: fitting([level.label], false),
        at: clamp(y(level.y)),
        hue: level.hue,
        bold: false,
      })),
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
  return ends.map(({ at, ...words }, i) => ({ ...words, x, y: placed[i] ?? at, align: 'left' }));
}

/** Words at the right edge keep their heights; the name of a line is placed near the cursor where it covers none of them. */
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
  const beside = model.series.filter(isNamed).flatMap((series): Label[][] => {
    const value = valueAt(series, at);
    if (value === null) return [];
    const words = { text: labelText(model, series, cursor), hue: series.hue, bold: isBold(series) };
    return [placesNear({ x, y: clamp(y(value)) }, words, area, sheet)];
  });
  const cursorLine = boxesAlong({ x, y: area.top }, { x, y: area.bottom });
  return free([...right, ...beside], [...cursorLine, ...linesOf(model, area)], sheet, 0);
}

/** Places for a text all over the area, the nearest to a point first. */
function placesNear(point: { x: number; y: number }, words: Words, area: Area, sheet: Sheet): Label[] {
  const width = sheet.textWidth(words.text, words.bold) + 2 * INDENT;
  return middlesNear(point, width, area).map((middle): Label => ({ ...words, ...middle, align: 'center' }));
}

/** What the lines of a chart cover. */
function linesOf(model: ChartModel, area: Area): Box[] {
  const x = project(model.x, area.left, area.right);
  const y = project(model.y, area.bottom, area.top);
  return model.series.flatMap((series) =>
    boxesAlong(
      ...series.x.flatMap((at, i) => {
        const value = series.y[i];
        return isNumber(value) ? [{ x: x(at), y: y(value) }] : [];
      }),
    ),
  );
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
