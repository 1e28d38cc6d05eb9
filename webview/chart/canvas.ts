import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  LineController,
  LineElement,
  LinearScale,
  LogarithmicScale,
  type Plugin,
  PointElement,
} from 'chart.js';
import type { Palette } from '../theme';
import { gridLines, type Tick } from './axis';
import { type Area, FONT_SIZE, X_HEIGHT, dashes, dotRadius, stroke, xTicks, yTicks } from './layout';
import { type Sheet, labelRoom } from './lineLabels';
import { type Axis, type ChartModel, type ChartSeries, isNumber } from './model';
import { textWidth } from './textWidth';
import { drawBand, drawBars, drawCursor, drawFailures, drawFills, drawLabels, drawLevels } from './pens';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

export interface View {
  palette: Palette;
  cursor: number | null;
  /** Pixels, while a drag selects a range of y. */
  band: [number, number] | null;
}

interface Dot {
  x: number;
  y: number;
}
type LineChart = Chart<'line', Dot[]>;
type ScaleOptions = NonNullable<NonNullable<ChartOptions<'line'>['scales']>[string]>;

/** chart.js behind one door: it gets a model, a view and a canvas, and draws once for each call of `draw`. */
export class CanvasChart {
  private chart: LineChart | null = null;
  private model: ChartModel | null = null;
  private view: View | null = null;

  constructor(readonly canvas: HTMLCanvasElement) {}

  draw(model: ChartModel, view: View): void {
    // A scale cannot change its type in place.
    if (this.model && (this.model.x.scale !== model.x.scale || this.model.y.scale !== model.y.scale))
      this.destroy();
    this.model = model;
    this.view = view;
    const data = { datasets: model.series.filter((s) => !s.bars).map((s) => this.dataset(s, view.palette)) };
    if (!this.chart) {
      this.chart = new Chart<'line', Dot[]>(this.canvas, {
        type: 'line',
        data,
        options: {
          parsing: false,
          normalized: true,
          animation: false,
          responsive: true,
          maintainAspectRatio: false,
          events: [],
          layout: { padding: this.padding(model, view.palette) },
          plugins: { legend: { display: false }, tooltip: { enabled: false } },
          scales: { x: this.scale('x', model.x, view.palette), y: this.scale('y', model.y, view.palette) },
        },
        plugins: [this.plugin()],
      });
      return;
    }
    this.chart.data = data;
    this.chart.options.layout = { padding: this.padding(model, view.palette) };
    this.chart.options.scales = {
      x: this.scale('x', model.x, view.palette),
      y: this.scale('y', model.y, view.palette),
    };
    this.chart.update('none');
  }

  /** The plot area in CSS pixels of the canvas; null before the first drawing. */
  get area(): Area | null {
    return this.chart?.chartArea ?? null;
  }

  get size(): { width: number; height: number } {
    // Of the box around it, which has its size before the canvas follows.
    const box = this.canvas.parentElement ?? this.canvas;
    return { width: box.clientWidth, height: box.clientHeight };
  }

  destroy(): void {
    this.chart?.destroy();
    this.chart = null;
  }

  private dataset(series: ChartSeries, palette: Palette): ChartDataset<'line', Dot[]> {
    const { width, opacity } = stroke(series, palette.highContrast, this.size.width);
    const tint = (share: number, colour: string) =>
      `color-mix(in srgb, ${colour} ${share * 100}%, transparent)`;
    return {
      data: series.x.map((x, i) => {
        const y = series.y[i];
        return { x, y: isNumber(y) ? y : NaN };
      }),
      borderColor: tint(opacity, palette.line[series.hue]),
      borderWidth: opacity === 0 ? 0 : width,
      borderDash: dashes(series.dash, width),
      borderJoinStyle: 'round',
      showLine: series.dots !== 'hollow',
      pointRadius: dotRadius(series),
      pointBackgroundColor: series.dots === 'hollow' ? 'transparent' : palette.line[series.hue],
      pointBorderColor: tint(opacity, palette.line[series.hue]),
      pointBorderWidth: width,
      pointHitRadius: 0,
    };
  }

  private scale(which: 'x' | 'y', axis: Axis | ChartModel['x'], palette: Palette): ScaleOptions {
    const width = textWidth(FONT_SIZE, palette.font);
    const font = { family: palette.font, size: FONT_SIZE };
    let labelled: Tick[] = [];
    return {
      type: axis.scale === 'log' ? 'logarithmic' : 'linear',
      min: axis.min,
      max: axis.max,
      border: { display: which === 'x', color: palette.grid },
      grid: { display: which === 'y', color: palette.grid, drawTicks: false },
      afterBuildTicks: (scale) => {
        labelled = which === 'x' ? xTicks(axis, scale.width, width) : yTicks(axis, scale.height);
        const at = labelled.map((tick) => tick.at);
        const lines = which === 'x' ? at : gridLines(axis, at);
        scale.ticks = lines.map((value) => ({ value }));
      },
      afterFit: (scale) => {
        if (which === 'x') scale.height = X_HEIGHT;
        else scale.width = Math.max(30, Math.max(0, ...labelled.map(({ text }) => width(text))) + 12);
      },
      title: {
        display: 'name' in axis,
        text: 'name' in axis ? axis.name : '',
        color: palette.muted,
        font,
        padding: 0,
      },
      ticks: {
        color: palette.muted,
        font,
        autoSkip: false,
        maxRotation: 0,
        padding: which === 'x' ? 6 : 7,
        callback: (value: string | number) => labelled.find(({ at }) => at === Number(value))?.text ?? '',
      },
    };
  }

  private padding(model: ChartModel, palette: Palette) {
    const { width, textWidth: measure } = this.sheet(palette);
    return { top: 14, right: labelRoom(model, width, measure), bottom: 0, left: 0 };
  }

  private sheet(palette: Palette): Sheet {
    return { ...this.size, textWidth: textWidth(FONT_SIZE, palette.font) };
  }

  private plugin(): Plugin<'line'> {
    const now =
      (draw: (model: ChartModel, view: View, area: Area, context: CanvasRenderingContext2D) => void) =>
      (chart: Chart) => {
        if (!this.model || !this.view) return;
        chart.ctx.save();
        draw(this.model, this.view, chart.chartArea, chart.ctx);
        chart.ctx.restore();
      };
    return {
      id: 'distillery',
      beforeDatasetsDraw: now((model, view, area, context) => {
        drawFills(context, model, area, view.palette);
        drawLevels(context, model, area, view.palette);
      }),
      afterDraw: now((model, view, area, context) => {
        drawBars(context, model, area, view.palette);
        drawBand(context, area, view.palette, view.band);
        drawCursor(context, model, area, view.palette, view.cursor);
        drawFailures(context, model, area, view.palette);
        drawLabels(context, model, area, view.palette, view.cursor, this.sheet(view.palette));
      }),
    };
  }
}
