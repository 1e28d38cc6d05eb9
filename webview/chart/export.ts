import type { ChartFormat, PageMessage } from '../../src/messages';
import type { Palette } from '../theme';
import { chartCsv } from './csv';
import type { ChartModel } from './model';
import { type Picture, toSvg } from './svg';

/** Exports the one used last; null where it is not available in that format. */
export type Exporter = (format: ChartFormat) => Promise<PageMessage | null>;

/** A chart as shown on the page. */
export interface ExportableChart {
  model: ChartModel;
  picture: Picture;
  palette: Palette;
  canvas: HTMLCanvasElement | null;
}

const base64 = (text: string) =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

export const svgDataUrl = (svg: string) => `data:image/svg+xml;base64,${base64(svg)}`;

/** The canvas on the page's background: a transparent picture is unreadable on paper. */
function toPng({ canvas, palette }: ExportableChart): string | null {
  if (!canvas) return null;
  const page = document.createElement('canvas');
  page.width = canvas.width;
  page.height = canvas.height;
  const pen = page.getContext('2d');
  if (!pen) return null;
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, page.width, page.height);
  pen.drawImage(canvas, 0, 0);
  return page.toDataURL('image/png');
}

/** The message that saves a chart; null where its canvas is not on the page (PNG of a chart shown as a table). */
export function exportMessage(chart: ExportableChart, format: ChartFormat): PageMessage | null {
  const name = `${chart.model.fileName}.${format}`;
  switch (format) {
    case 'csv':
      return { type: 'saveText', name, text: chartCsv(chart.model) };
    case 'svg': {
      const svg = toSvg(chart.model, chart.picture, chart.palette);
      return { type: 'saveImage', name, dataUrl: svgDataUrl(svg) };
    }
    case 'png': {
      const dataUrl = toPng(chart);
      return dataUrl === null ? null : { type: 'saveImage', name, dataUrl };
    }
  }
}
