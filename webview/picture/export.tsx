import { render } from 'preact';
import type { ChartFormat, PageMessage } from '../../src/messages';
import { toCsv } from '../chart/csv';
import { svgDataUrl } from '../chart/export';
import type { Palette } from '../theme';
import { FONT_SIZE, type Drawing, type Picture } from './picture';

const HEAD = 28;
/** Pixels of a PNG for each of the page's: sharp on paper too. */
const DENSITY = 2;

/** The message that saves a picture as on the page, with title and background. */
export async function exportPicture(
  picture: Picture,
  width: number,
  palette: Palette,
  format: ChartFormat,
): Promise<PageMessage> {
  const name = `${picture.fileName}.${format}`;
  if (format === 'csv') {
    const { columns, rows } = picture.table;
    return { type: 'saveText', name, text: toCsv([columns.map((column) => column.name), ...rows]) };
  }
  const drawing = picture.draw(width, palette);
  const svg = svgDataUrl(svgText(picture, drawing, palette));
  return { type: 'saveImage', name, dataUrl: format === 'svg' ? svg : await toPng(svg, drawing) };
}

function svgText(picture: Picture, { width, height, content }: Drawing, palette: Palette): string {
  const page = document.createElement('div');
  render(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height + HEAD}
      viewBox={`0 0 ${width} ${height + HEAD}`}
      font-family={palette.font}
      font-size={FONT_SIZE}
    >
      <title>{`${picture.title}: ${picture.spoken}`}</title>
      <rect width="100%" height="100%" fill={palette.background} />
      <text x={4} y={17} font-size={FONT_SIZE + 1}>
        <tspan fill={palette.foreground} font-weight={600}>
          {picture.title}
        </tspan>
        <tspan dx={8} fill={palette.muted}>
          {picture.caption}
        </tspan>
      </text>
      <g transform={`translate(0 ${HEAD})`}>{content}</g>
    </svg>,
    page,
  );
  const text = new XMLSerializer().serializeToString(page.firstElementChild!);
  render(null, page);
  return text;
}

async function toPng(svg: string, { width, height }: Drawing): Promise<string> {
  const image = new Image();
  image.src = svg;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * DENSITY;
  canvas.height = (height + HEAD) * DENSITY;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}
