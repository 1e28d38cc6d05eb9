import { type CellFilter, type Parallel, passesFilter } from '../../models/parallel';
import type { Picture } from '../../picture/picture';
import { Words } from '../../picture/plane';
import type { Palette } from '../../theme';
import { Handle, Range } from './axisHandle';

const HEIGHT = 290;
const TOP = 34;
const BOTTOM = HEIGHT - 14;

/** Each cell of a sweep as a line through its parameters and its result; the better, the stronger. */
export function parallelPicture(
  experiment: string,
  parallel: Parallel,
  kept: CellFilter,
  /** Null in a file, where nothing can be dragged. */
  onRange: ((axis: string, range: [number, number] | null) => void) | null,
): Picture {
  const { axes, lines, part } = parallel;
  const shown = lines.filter((line) => passesFilter(parallel, line, kept));
  const winner = lines.find((line) => line.winner);
  const best = lines.reduce((a, b) => (b.strength > a.strength ? b : a));
  return {
    id: 'parallel',
    title: 'All cells of the sweep',
    caption: `${shown.length} of ${lines.length} shown, result on ${part}, stronger line = better`,
    fileName: `${experiment}-sweep`,
    spoken: `Best of ${lines.length} cells: ${best.title}.${winner ? ` Chosen on validation: ${winner.title}.` : ''}`,
    table: {
      columns: [
        { name: 'cell' },
        ...axes.map(({ name }) => ({
          name,
          format: (value: number) => String(Number(value.toPrecision(4))),
        })),
      ],
      rows: shown.map((line) => [
        line.title,
        ...line.values.map((value) => (typeof value === 'boolean' ? String(value) : value)),
      ]),
    },
    draw: (width, palette) => {
      const [left, right] = [26, width - 84];
      const x = (index: number) => left + ((right - left) * index) / Math.max(1, axes.length - 1);
      const y = (height: number) => BOTTOM - height * (BOTTOM - TOP);
      const path = (heights: Parallel['lines'][number]['heights']) =>
        heights.flatMap((height, i) => (height === null ? [] : [`${x(i)},${y(height)}`])).join(' ');
      const order = [...shown].sort((a, b) => Number(a.winner) - Number(b.winner) || a.strength - b.strength);
      return {
        width,
        height: HEIGHT,
        content: (
          <>
            {order.map((line) => (
              <polyline key={line.slug} points={path(line.heights)} fill="none" {...pen(line, palette)} />
            ))}
            {axes.map((axis, i) => (
              <g key={axis.id}>
                <Words
                  at={[i === axes.length - 1 ? width - 4 : x(i), 12]}
                  anchor={i === 0 ? 'start' : i === axes.length - 1 ? 'end' : 'middle'}
                  ink={palette.foreground}
                  bold
                >
                  {axis.name}
                </Words>
                <line x1={x(i)} x2={x(i)} y1={TOP} y2={BOTTOM} stroke={palette.cursor} />
                {axis.ticks.map((tick) => (
                  <g key={tick.at}>
                    <line
                      x1={x(i) - 3}
                      x2={x(i) + 3}
                      y1={y(tick.at)}
                      y2={y(tick.at)}
                      stroke={palette.cursor}
                    />
                    <Tick at={[x(i) + 7, y(tick.at)]} palette={palette} text={tick.text} />
                  </g>
                ))}
                {kept.ranges[axis.id] && (
                  <Range at={x(i)} range={kept.ranges[axis.id]!} y={y} palette={palette} />
                )}
                {onRange && (
                  <Handle
                    at={x(i)}
                    ends={{ top: TOP, bottom: BOTTOM }}
                    onRange={(range) => {
                      onRange(axis.id, range);
                    }}
                  />
                )}
              </g>
            ))}
            {winner && passesFilter(parallel, winner, kept) && (
              <Words
                at={[right + 36, y(winner.heights.at(-1) ?? 0)]}
                anchor="start"
                ink={palette.foreground}
                bold
              >
                chosen
              </Words>
            )}
          </>
        ),
      };
    },
  };
}

function pen({ winner, strength }: Parallel['lines'][number], palette: Palette) {
  if (winner) return { stroke: palette.line.neutral, 'stroke-width': 2.4 };
  const opacity = palette.highContrast ? 0.5 + 0.5 * strength : 0.12 + 0.78 * strength ** 2;
  return {
    stroke: palette.line.teacher,
    'stroke-width': palette.highContrast ? 1 + 1.6 * strength : 1.3,
    opacity,
  };
}

/** On the page's colour, so that lines do not run through the digits. */
const Tick = ({ at, text, palette }: { at: [number, number]; text: string; palette: Palette }) => (
  <text
    x={at[0]}
    y={at[1]}
    dy="0.35em"
    fill={palette.muted}
    stroke={palette.background}
    stroke-width={3}
    paint-order="stroke"
  >
    {text}
  </text>
);
