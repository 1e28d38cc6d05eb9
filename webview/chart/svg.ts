import type { Palette } from '../theme';
import { project } from './axis';
import {
  type Area,
  FILL_OPACITY,
  FONT_SIZE,
  X_NAME,
  X_TICKS,
  barsOf,
  dashes,
  dotRadius,
  failuresOf,
  stroke,
  ticksOf,
} from './layout';
import { barLabels, labelsOf } from './lineLabels';
import { type ChartModel, type ChartSeries, isNumber } from './model';
import { textWidth } from './textWidth';
import { escapeMarkup } from '../../src/escapeMarkup';

const round = (value: number) => String(Math.round(value * 100) / 100);

type Attributes = Record<string, string | number>;
function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeMarkup(value)}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** The places of its circles; empty for a line without circles. */
const pointsOf = (series: ChartSeries): [number, number][] =>
  dotRadius(series) === 0
    ? []
    : series.x.flatMap((at, i): [number, number][] => {
        const y = series.y[i];
        return isNumber(y) ? [[at, y]] : [];
      });

/** The path of a line; a gap starts a new piece. */
export function pathOf(series: ChartSeries, x: (v: number) => number, y: (v: number) => number): string {
  let pen = 'M';
  return series.x
    .map((at, i) => {
      const value = series.y[i];
      const height = isNumber(value) ? y(value) : NaN;
      if (!Number.isFinite(height)) {
        pen = 'M';
        return '';
      }
      const piece = `${pen}${round(x(at))} ${round(height)}`;
      pen = 'L';
      return piece;
    })
    .join('');
}

export interface Picture {
  width: number;
  height: number;
  area: Area;
  cursor: number | null;
}

/** The same picture as the canvas, as a file: same area, scales, ticks and labels. */
export function toSvg(model: ChartModel, picture: Picture, palette: Palette): string {
  const { area, cursor } = picture;
  const head = 24;
  const x = project(model.x, area.left, area.right);
  const y = project(model.y, area.bottom, area.top);
  const sheet = { ...picture, textWidth: textWidth(FONT_SIZE, palette.font) };
  const ticks = ticksOf(model, area, sheet.textWidth);
  const text = (content: string, at: { x: number; y: number }, attributes: Attributes = {}) =>
    element(
      'text',
      { x: at.x, y: at.y, 'dominant-baseline': 'central', fill: palette.muted, ...attributes },
      escapeMarkup(content),
    );
  const parts: string[] = [];
  for (const at of ticks.yGrid)
    parts.push(
      element('path', {
        d: `M${round(area.left)} ${round(y(at))}H${round(area.right)}`,
        stroke: palette.grid,
      }),
    );
  for (const tick of ticks.y)
    parts.push(text(tick.text, { x: area.left - 6, y: y(tick.at) }, { 'text-anchor': 'end' }));
  for (const tick of ticks.x)
    parts.push(text(tick.text, { x: x(tick.at), y: area.bottom + X_TICKS }, { 'text-anchor': 'middle' }));
  parts.push(
    text(
      model.x.name,
      { x: (area.left + area.right) / 2, y: area.bottom + X_NAME },
      { 'text-anchor': 'middle' },
    ),
  );
  const inside: string[] = [];
  for (const level of model.levels)
    inside.push(
      element('path', {
        d: `M${round(area.left)} ${round(y(level.y))}H${round(area.right)}`,
        stroke: palette.line[level.hue],
        'stroke-dasharray': dashes(level.dash, 1.5).join(' '),
      }),
    );
  for (const series of model.series.filter((s) => !s.bars)) {
    const { width, opacity } = stroke(series, palette.highContrast, picture.width);
    const path = pathOf(series, x, y);
    if (path === '' || opacity === 0) continue;
    if (series.fill) {
      const first = round(x(series.x[0] ?? 0));
      const last = round(x(series.x.at(-1) ?? 0));
      for (const [edge, hue] of [
        [area.bottom, series.fill.below],
        [area.top, series.fill.above],
      ] as const)
        inside.push(
          element('path', {
            d: `${path}L${last} ${round(edge)}L${first} ${round(edge)}Z`,
            fill: palette.line[hue],
            'fill-opacity': FILL_OPACITY[hue],
          }),
        );
    }
    if (series.dots !== 'hollow')
      inside.push(
        element('path', {
          d: path,
          fill: 'none',
          stroke: palette.line[series.hue],
          'stroke-width': width,
          'stroke-opacity': opacity,
          'stroke-dasharray': dashes(series.dash, width).join(' ') || 'none',
          'stroke-linejoin': 'round',
        }),
      );
    for (const [at, value] of pointsOf(series))
      inside.push(
        element('circle', {
          cx: x(at),
          cy: y(value),
          r: dotRadius(series),
          fill: series.dots === 'hollow' ? 'none' : palette.line[series.hue],
          stroke: palette.line[series.hue],
          'stroke-width': width,
        }),
      );
  }
  const bars = barsOf(model, area).map((bar) =>
    element('rect', {
      x: bar.x,
      y: bar.y,
      width: bar.width,
      height: bar.height,
      fill: bar.hatched ? 'url(#hatch)' : palette.line[bar.hue],
      stroke: palette.line[bar.hue],
    }),
  );
  parts.push(element('g', { 'clip-path': 'url(#area)' }, inside.join('')), ...bars);
  if (cursor !== null && cursor >= model.x.min && cursor <= model.x.max)
    parts.push(
      element('path', {
        d: `M${round(x(cursor))} ${round(area.top)}V${round(area.bottom)}`,
        stroke: palette.cursor,
      }),
    );
  for (const { x: at, y: height, label } of failuresOf(model, area))
    parts.push(
      element('path', {
        d: `M${round(at - 5)} ${round(height - 5)}l10 10m0 -10l-10 10`,
        stroke: palette.error,
        'stroke-width': 2,
      }),
      text(label, { x: at + 9, y: height }, { fill: palette.error }),
    );
  for (const label of [...barLabels(model, area, sheet), ...labelsOf(model, area, cursor, sheet)])
    parts.push(
      text(label.text, label, {
        stroke: palette.background,
        'stroke-width': 3,
        'stroke-linejoin': 'round',
        'paint-order': 'stroke',
        fill: palette.text[label.hue],
        'text-anchor': { left: 'start', right: 'end', center: 'middle' }[label.align],
        'font-weight': label.bold ? 600 : 400,
      }),
    );
  const definitions = element(
    'defs',
    {},
    element(
      'clipPath',
      { id: 'area' },
      element('rect', {
        x: area.left,
        y: area.top - 2,
        width: area.right - area.left,
        height: area.bottom - area.top + 4,
      }),
    ) +
      element(
        'pattern',
        { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        element('path', { d: 'M0 0V6', stroke: palette.line.neutral, 'stroke-width': 3 }),
      ),
  );
  const title =
    element('tspan', { fill: palette.foreground, 'font-weight': 600 }, escapeMarkup(model.title)) +
    element('tspan', { dx: 8, fill: palette.muted }, escapeMarkup(model.caption));
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: picture.width,
      height: picture.height + head,
      viewBox: `0 0 ${round(picture.width)} ${round(picture.height + head)}`,
      'font-family': palette.font,
      'font-size': FONT_SIZE,
    },
    element('title', {}, escapeMarkup(`${model.title}: ${model.spoken}`)) +
      definitions +
      element('rect', { width: '100%', height: '100%', fill: palette.background }) +
      element('text', { x: 4, y: 16, 'font-size': FONT_SIZE + 1 }, title) +
      element('g', { transform: `translate(0 ${head})` }, parts.join('')),
  );
}
