import type { Summary } from '../../../src/results/summary';
import { pushApart } from '../../../src/results/plots';
import { shortened, textWidth } from '../../chart/textWidth';
import { type Against, valueAxis } from '../../models/against';
import { type Measure, measures } from '../../models/measures';
import { sweptAxis } from '../../models/sweptAxis';
import { FONT_SIZE, type Picture } from '../../picture/picture';
import { Axes, Dot, type Plane, Words, planeOf } from '../../picture/plane';

const HEIGHT = 290;
/** Dots of cells at one value are placed side by side, so that none hides another. */
const BESIDE = 4;
const MOST_LABELS = 8;
/** Share of the width that the name of a line may take. */
const LONGEST = 0.3;
/** Lines of one colour are told apart by these, and by their names. */
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '4 2', '12 4', '5 3 1 3', '1 2'];

/** A measure against one swept parameter: every seed a dot, the means of what else is equal a line. */
export function againstPicture(summary: Summary, model: Against, measure: Measure): Picture {
  const { parameter, dots, lines, scratch, teacher } = model;
  const kind = measures[measure];
  const examples = summary.examples[summary.part];
  const x = sweptAxis(
    dots.map((dot) => dot.x),
    false,
  );
  const y = valueAxis([...dots.map((dot) => dot.y), ...[scratch, teacher].filter((value) => value !== null)]);
  const best = lines
    .flatMap((line) => line.means.map((mean) => ({ ...mean, label: line.label })))
    .reduce((a, b) => ((kind.better === 'high' ? b.y > a.y : b.y < a.y) ? b : a));
  return {
    id: 'against',
    title: `${kind.title} against ${parameter.label}`,
    caption: `${summary.part}${kind.unit && `, ${kind.unit}`}; every seed a dot, lines through means`,
    fileName: `${summary.experiment}-${measure}-${parameter.label}`,
    spoken: `Best mean: ${kind.bare(best.y, examples)} at ${parameter.label} ${x.say(best.x)}${best.label && `, ${best.label}`}.`,
    table: {
      columns: [
        ...[{ name: 'arm' }, { name: 'kind' }, { name: parameter.label }, { name: 'seed' }],
        { name: `${measure}${kind.unit && `, ${kind.unit}`}`, format: (value) => kind.bare(value, examples) },
      ],
      rows: dots.map((dot) => [
        dot.title,
        dot.kind,
        typeof dot.x === 'boolean' ? String(dot.x) : dot.x,
        dot.seed,
        dot.y,
      ]),
    },
    draw: (width, palette) => {
      const measure = textWidth(FONT_SIZE, palette.font);
      const say = (text: string) => shortened(text, width * LONGEST, measure);
      const named = lines.length <= MOST_LABELS ? lines.filter((line) => line.means.length > 0) : [];
      const texts = ['scratch', 'teacher', ...named.map((line) => line.label || 'distilled')].map(say);
      const right = 14 + Math.max(...texts.map((text) => measure(text)));
      const plane = planeOf({ width, height: HEIGHT, left: 44, right }, x.axis, y, measure);
      const shift = (index: number) => (index - (lines.length - 1) / 2) * Math.min(BESIDE, 24 / lines.length);
      const px = (value: Against['dots'][number]['x'], index: number) =>
        plane.x(x.place(value)) + shift(index);
      const ends = [
        ...named.map((line) => ({
          text: say(line.label || 'distilled'),
          y: plane.y(line.means.at(-1)!.y),
          ink: palette.text.teacher,
        })),
        ...(scratch === null ? [] : [{ text: 'scratch', y: plane.y(scratch), ink: palette.text.labels }]),
        ...(teacher === null ? [] : [{ text: 'teacher', y: plane.y(teacher), ink: palette.text.neutral }]),
      ];
      const heights = pushApart(
        ends.map((end) => end.y),
        13,
        plane.top,
        plane.bottom,
      );
      return {
        width,
        height: HEIGHT,
        content: (
          <>
            <Axes plane={plane} name={parameter.label} palette={palette} />
            {teacher !== null && (
              <Level y={plane.y(teacher)} plane={plane} ink={palette.line.neutral} dash="2 4" />
            )}
            {scratch !== null && (
              <Level y={plane.y(scratch)} plane={plane} ink={palette.line.labels} dash="6 4" />
            )}
            {lines.map((line, i) => (
              <polyline
                key={line.label}
                points={line.means.map((mean) => `${px(mean.x, i)},${plane.y(mean.y)}`).join(' ')}
                fill="none"
                stroke={palette.line.teacher}
                stroke-width={1.4}
                stroke-dasharray={DASHES[i % DASHES.length]}
                opacity={palette.highContrast ? 1 : 0.7}
              />
            ))}
            {dots.map((dot) => (
              <Dot
                key={`${dot.slug} ${String(dot.x)} ${dot.seed}`}
                kind={dot.kind}
                at={[px(dot.x, dot.line ?? -1), plane.y(dot.y)]}
                size={3.4}
                palette={palette}
                faint
              />
            ))}
            {ends.map((end, i) => (
              <Words key={end.text} at={[plane.right + 8, heights[i] ?? end.y]} anchor="start" ink={end.ink}>
                {end.text}
              </Words>
            ))}
          </>
        ),
      };
    },
  };
}

/** A line across, of what does not change with the parameter. */
const Level = (props: { y: number; plane: Plane; ink: string; dash: string }) => (
  <line
    x1={props.plane.left}
    x2={props.plane.right}
    y1={props.y}
    y2={props.y}
    stroke={props.ink}
    stroke-dasharray={props.dash}
  />
);
