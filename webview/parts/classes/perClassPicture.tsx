import type { ClassResult } from '../../../src/results/classes/perClass';
import type { Classes } from '../../../src/messages';
import { fixed, percentage, plural, points } from '../../../src/results/format';
import { X_HEIGHT, X_NAME, X_TICKS } from '../../chart/layout';
import { shortened, textWidth } from '../../chart/textWidth';
import { FONT_SIZE, type Picture } from '../../picture/picture';
import { Dot, Words, planeOf } from '../../picture/plane';

const ROW = 26;
const GAIN = 54;
/** Larger than the dots that may lie on it: its corners show. */
const TEACHER = 7.5;
/** Share of the width that the name of a class may take. */
const LONGEST = 0.35;

/** Accuracy of each class, by gain: scratch and distilled joined by a line, and the teacher. */
export function perClassPicture(experiment: string, classes: Classes, names: readonly string[]): Picture {
  const { perClass, part, seeds } = classes;
  const name = ({ index, classes: together }: ClassResult) =>
    index === null ? `${plural(together, 'other')}` : (names[index] ?? String(index));
  const share = (value: number) => percentage(value, 1);
  const [best, worst] = [perClass[0], perClass.findLast((row) => row.gain !== null)];
  return {
    id: 'perClass',
    title: 'Accuracy per class',
    caption: `${part}, %${seeds.length > 1 ? `, mean of ${seeds.length} seeds` : ''}; right: gain, pp`,
    fileName: `${experiment}-per-class`,
    spoken:
      best && worst && best.gain !== null && worst.gain !== null
        ? `Largest gain: ${name(best)} ${points(best.gain, 1)} pp; smallest: ${name(worst)} ${points(worst.gain, 1)} pp.`
        : 'There is no scratch to compare with.',
    table: {
      columns: [
        { name: 'class' },
        { name: 'examples' },
        ...['teacher', 'scratch', 'distilled'].map((column) => ({ name: column, format: share })),
        { name: 'gain', format: (value) => points(value, 1) },
      ],
      rows: perClass.map((row) => [
        name(row),
        row.examples,
        row.teacher?.mean ?? null,
        row.scratch?.mean ?? null,
        row.distilled?.mean ?? null,
        row.gain,
      ]),
    },
    draw: (width, palette) => {
      const below = perClass.length * ROW;
      const height = below + X_HEIGHT;
      const measure = textWidth(FONT_SIZE, palette.font);
      const names = perClass.map((row) => shortened(name(row), width * LONGEST, measure));
      const all = perClass.flatMap(({ teacher, scratch, distilled }) =>
        [teacher, scratch, distilled].flatMap((one) => (one ? [one.mean * 100] : [])),
      );
      const min = Math.max(0, Math.floor((Math.min(...all) - 1) / 5) * 5);
      const x = { scale: 'linear' as const, min, max: 100, tick: fixed };
      const left = 20 + Math.max(measure('class'), ...names.map((text) => measure(text)));
      const plane = planeOf({ width, height, left, right: GAIN + 8 }, x, x, measure);
      const y = (i: number) => i * ROW + ROW / 2;
      return {
        width,
        height,
        content: (
          <>
            {plane.ticks.x.map(({ at, text }) => (
              <g key={at}>
                <line x1={plane.x(at)} x2={plane.x(at)} y1={0} y2={below} stroke={palette.grid} />
                <Words at={[plane.x(at), below + X_TICKS]} anchor="middle" ink={palette.muted}>
                  {text}
                </Words>
              </g>
            ))}
            <Words at={[4, below + X_TICKS]} anchor="start" ink={palette.muted}>
              class
            </Words>
            <Words at={[width - 6, below + X_TICKS]} anchor="end" ink={palette.muted}>
              gain
            </Words>
            <Words at={[(left + plane.right) / 2, below + X_NAME]} anchor="middle" ink={palette.muted}>
              accuracy, %
            </Words>
            {perClass.map((row, i) => {
              const at = (value: number) => [plane.x(value * 100), y(i)] as const;
              const hurt = (row.gain ?? 0) < 0;
              return (
                <g key={name(row)}>
                  <Words at={[4, y(i)]} anchor="start" ink={palette.foreground}>
                    {names[i]}
                  </Words>
                  {row.scratch && row.distilled && (
                    <line
                      x1={at(row.scratch.mean)[0]}
                      x2={at(row.distilled.mean)[0]}
                      y1={y(i)}
                      y2={y(i)}
                      stroke={palette.line[hurt ? 'labels' : 'teacher']}
                      stroke-width={3}
                      {...(hurt && { 'stroke-dasharray': '5 3' })}
                    />
                  )}
                  {row.teacher && (
                    <Dot kind="teacher" at={at(row.teacher.mean)} size={TEACHER} palette={palette} />
                  )}
                  {row.scratch && (
                    <Dot kind="scratch" at={at(row.scratch.mean)} size={5.5} palette={palette} />
                  )}
                  {row.distilled && (
                    <Dot kind="distilled" at={at(row.distilled.mean)} size={4.6} palette={palette} />
                  )}
                  {row.gain !== null && (
                    <Words at={[width - 6, y(i)]} anchor="end" ink={palette.foreground}>
                      {points(row.gain, 1)}
                    </Words>
                  )}
                </g>
              );
            })}
          </>
        ),
      };
    },
  };
}
