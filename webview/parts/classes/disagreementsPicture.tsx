import type { Answer, Disagreement } from '../../../src/results/classes/disagreements';
import type { Classes } from '../../../src/messages';
import { percent } from '../../../src/results/format';
import type { Picture } from '../../picture/picture';
import { Words } from '../../picture/plane';
import { pictureUrl } from '../shared/pixels';
import { pixelsOf } from '../shared/pixels';

const WIDTH = 128;
const SIDE = 64;
const LINE = 15;
const HEIGHT = SIDE + 5 * LINE + 6;

export const answersOf = (one: Disagreement) =>
  (['teacher', 'scratch', 'distilled'] as const).flatMap((who): [typeof who, Answer][] => {
    const answer = one[who];
    return answer ? [[who, answer]] : [];
  });

/** Examples that scratch and distilled answer differently, as one picture, for a file. */
export function disagreementsPicture(
  experiment: string,
  classes: Classes,
  shown: readonly Disagreement[],
  names: readonly string[],
): Picture {
  const { disagreements, pictures, part } = classes;
  const name = (index: number) => names[index] ?? String(index);
  const { distilledRight, scratchRight, neither } = disagreements!.counts;
  const all = distilledRight + scratchRight + neither;
  return {
    id: 'disagreements',
    title: 'Scratch and distilled disagree',
    caption: `seed ${disagreements!.seed}: ${all} of ${classes.examples} ${part} examples, most confident first`,
    fileName: `${experiment}-disagreements`,
    spoken: `Distilled is right in ${distilledRight}, scratch in ${scratchRight}, neither in ${neither}.`,
    table: {
      columns: [
        ...['example', 'true', 'teacher', 'teacher probability', 'scratch', 'scratch probability'],
        ...['distilled', 'distilled probability'],
      ].map((column) => ({ name: column })),
      rows: shown.map((one) => [
        one.example,
        name(one.label),
        ...[one.teacher, one.scratch, one.distilled].flatMap((answer) =>
          answer ? [name(answer.class), answer.probability] : [null, null],
        ),
      ]),
    },
    draw: (width, palette) => {
      const columns = Math.max(1, Math.floor(width / WIDTH));
      return {
        width: columns * WIDTH,
        height: Math.ceil(shown.length / columns) * HEIGHT,
        content: shown.map((one, i) => {
          const pixels =
            pictures && pixelsOf({ shape: pictures.shape, input: pictures.inputs[i] ?? [] }, palette.ink);
          return (
            <g
              key={one.example}
              transform={`translate(${(i % columns) * WIDTH} ${Math.floor(i / columns) * HEIGHT})`}
            >
              {pixels && (
                <image href={pictureUrl(pixels, Math.ceil(SIDE / pixels.width))} width={SIDE} height={SIDE} />
              )}
              <Words at={[0, SIDE + LINE * 0.8]} anchor="start" ink={palette.foreground} bold>
                {`true ${name(one.label)}`}
              </Words>
              {answersOf(one).map(([who, answer], row) => (
                <Words
                  key={who}
                  at={[0, SIDE + LINE * (row + 1.8)]}
                  anchor="start"
                  ink={
                    palette.text[
                      { teacher: 'neutral', scratch: 'labels', distilled: 'teacher' }[who] as 'teacher'
                    ]
                  }
                >
                  {`${answer.class === one.label ? '✓' : '✕'} ${who} ${name(answer.class)} ${percent(answer.probability)}`}
                </Words>
              ))}
            </g>
          );
        }),
      };
    },
  };
}
