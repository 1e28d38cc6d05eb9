import type { Palette } from '../theme';
import { project } from './axis';
import { type Area, FILL_OPACITY, FONT_SIZE, barsOf, dashes, failuresOf } from './layout';
import { type Label, type Sheet, barLabels, labelsOf } from './lineLabels';
import { type ChartModel, isNumber } from './model';

type Context = CanvasRenderingContext2D;

const font = (palette: Palette, bold = false) => `${bold ? 600 : 400} ${FONT_SIZE}px ${palette.font}`;

/** Stripes at 45°: the teacher's bars, told apart without colour. */
function hatch(context: Context, palette: Palette): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const pen = tile.getContext('2d');
  if (!pen) return palette.line.neutral;
  pen.strokeStyle = palette.line.neutral;
  pen.lineWidth = 1.6;
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, 6);
    pen.lineTo(shift + 6, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? palette.line.neutral;
}

export function drawFills(context: Context, model: ChartModel, area: Area, palette: Palette): void {
  const x = project(model.x, area.left, area.right);
  const y = project(model.y, area.bottom, area.top);
  for (const { fill, x: xs, y: ys } of model.series) {
    if (!fill) continue;
    const dots = xs.flatMap((at, i) => (isNumber(ys[i]) ? [[x(at), y(ys[i])] as const] : []));
    for (const [edge, hue] of [
      [area.bottom, fill.below],
      [area.top, fill.above],
    ] as const) {
      context.beginPath();
      context.moveTo(dots[0]?.[0] ?? 0, edge);
      for (const [left, top] of dots) context.lineTo(left, top);
      context.lineTo(dots.at(-1)?.[0] ?? 0, edge);
      context.globalAlpha = FILL_OPACITY[hue];
      context.fillStyle = palette.line[hue];
      context.fill();
    }
    context.globalAlpha = 1;
  }
}

export function drawLevels(context: Context, model: ChartModel, area: Area, palette: Palette): void {
  const y = project(model.y, area.bottom, area.top);
  for (const level of model.levels) {
    context.strokeStyle = palette.line[level.hue];
    context.lineWidth = 1;
    context.setLineDash(dashes(level.dash, 1.5));
    context.beginPath();
    context.moveTo(area.left, y(level.y));
    context.lineTo(area.right, y(level.y));
    context.stroke();
  }
  context.setLineDash([]);
}

export function drawBars(context: Context, model: ChartModel, area: Area, palette: Palette): void {
  const stripes = hatch(context, palette);
  for (const bar of barsOf(model, area)) {
    context.fillStyle = bar.hatched ? stripes : palette.line[bar.hue];
    context.strokeStyle = palette.line[bar.hue];
    context.lineWidth = 1;
    context.fillRect(bar.x, bar.y, bar.width, bar.height);
    if (bar.height > 0)
      context.strokeRect(bar.x + 0.5, bar.y + 0.5, bar.width - 1, Math.max(0, bar.height - 0.5));
  }
}

export function drawCursor(
  context: Context,
  model: ChartModel,
  area: Area,
  palette: Palette,
  cursor: number | null,
): void {
  if (cursor === null || cursor < model.x.min || cursor > model.x.max) return;
  const at = Math.round(project(model.x, area.left, area.right)(cursor)) + 0.5;
  context.strokeStyle = palette.cursor;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(at, area.top);
  context.lineTo(at, area.bottom);
  context.stroke();
}

export function drawFailures(context: Context, model: ChartModel, area: Area, palette: Palette): void {
  context.strokeStyle = palette.error;
  context.fillStyle = palette.error;
  context.lineWidth = 2;
  context.font = font(palette);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { x, y, label } of failuresOf(model, area)) {
    context.beginPath();
    context.moveTo(x - 5, y - 5);
    context.lineTo(x + 5, y + 5);
    context.moveTo(x + 5, y - 5);
    context.lineTo(x - 5, y + 5);
    context.stroke();
    context.fillText(label, x + 10, y);
  }
}

export function drawLabels(
  context: Context,
  model: ChartModel,
  area: Area,
  palette: Palette,
  cursor: number | null,
  sheet: Sheet,
): void {
  for (const label of [...barLabels(model, area, sheet), ...labelsOf(model, area, cursor, sheet)])
    write(context, label, palette);
}

/** On the page's colour, so that no line runs through the letters. */
function write(context: Context, label: Label, palette: Palette): void {
  context.textBaseline = 'middle';
  context.font = font(palette, label.bold);
  context.textAlign = label.align;
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = palette.background;
  context.strokeText(label.text, label.x, label.y);
  context.fillStyle = palette.text[label.hue];
  context.fillText(label.text, label.x, label.y);
}

/** The band that a drag up or down selects. */
export function drawBand(
  context: Context,
  area: Area,
  palette: Palette,
  band: [number, number] | null,
): void {
  if (!band) return;
  context.fillStyle = palette.line.teacher;
  context.globalAlpha = 0.2;
  context.fillRect(area.left, Math.min(...band), area.right - area.left, Math.abs(band[1] - band[0]));
  context.globalAlpha = 1;
}
