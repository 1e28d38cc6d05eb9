import type { Classes } from '../../../src/messages';
import type { Hue } from '../../chart/model';
import type { ConfusionCell } from '../../models/confusion';
import type { Picture } from '../../picture/picture';
import { Words } from '../../picture/plane';

/** The strongest tint: at 40 % of the hue text keeps 4.5 : 1 in every theme. */
export const MOST_TINT = 0.4;
const HEIGHT = 26;
const NAME = 92;

const tints = { helped: 'teacher', hurt: 'labels', neutral: 'neutral' } as const;
export const tintOf = ({ tone }: ConfusionCell): Hue => tints[tone];

/** A confusion matrix as a picture, for a file: on the page it is a real table. */
export function confusionPicture(
  experiment: string,
  { part, seeds }: Classes,
  cells: readonly (readonly ConfusionCell[])[],
  names: readonly string[],
  what: string,
): Picture {
  return {
    id: 'confusion',
    title: `Confusion, ${what}`,
    caption: `${part} examples${seeds.length > 1 ? `, mean of ${seeds.length} seeds` : ''}; rows true, columns predicted`,
    fileName: `${experiment}-confusion-${what.replaceAll(/\W+/g, '-')}`,
    spoken: `${names.length} classes`,
    table: {
      columns: [{ name: 'true' }, ...names.map((name) => ({ name: `predicted ${name}` }))],
      rows: cells.map((row, i) => [names[i] ?? i, ...row.map((cell) => cell.value)]),
    },
    draw: (width, palette) => {
      const side = Math.max(34, (width - NAME) / names.length);
      return {
        width: NAME + side * names.length,
        height: HEIGHT * (names.length + 1) + 4,
        content: (
          <>
            {names.map((name, j) => (
              <Words
                key={name}
                at={[NAME + (j + 0.5) * side, HEIGHT / 2]}
                anchor="middle"
                ink={palette.muted}
              >
                {name}
              </Words>
            ))}
            {cells.map((row, i) => (
              <g key={i} transform={`translate(0 ${HEIGHT * (i + 1)})`}>
                <Words at={[NAME - 8, HEIGHT / 2]} anchor="end" ink={palette.muted}>
                  {i === 0 ? `true ${names[i] ?? ''}` : names[i]}
                </Words>
                {row.map((cell, j) => (
                  <g key={j}>
                    <rect
                      x={NAME + j * side + 0.5}
                      y={0.5}
                      width={side - 1}
                      height={HEIGHT - 1}
                      fill={palette.line[tintOf(cell)]}
                      fill-opacity={cell.strength * MOST_TINT}
                    />
                    <Words
                      at={[NAME + (j + 0.5) * side, HEIGHT / 2]}
                      anchor="middle"
                      ink={palette.foreground}
                      bold={i === j}
                    >
                      {cell.text}
                    </Words>
                  </g>
                ))}
              </g>
            ))}
          </>
        ),
      };
    },
  };
}
