import type { Classes } from '../../../src/messages';
import { fixed, percent, percentage } from '../../../src/results/format';
import { BINS } from '../../../src/results/classes/reliability';
import { type Box, boxesAlong, middlesNear, placeLabels, textBox } from '../../chart/labels';
import { type TextWidth, textWidth } from '../../chart/textWidth';
import { FONT_SIZE, type Picture } from '../../picture/picture';
import { Axes, Dot, type Plane, Words, planeOf } from '../../picture/plane';

const HEIGHT = 312;
const dashes = { distilled: 'none', scratch: '6 4', teacher: '2 3' } as const;
const hues = { distilled: 'teacher', scratch: 'labels', teacher: 'neutral' } as const;

/** Accuracy against confidence, in bins: on the diagonal, confidence equals accuracy. */
export function reliabilityPicture(experiment: string, { reliability, part }: Classes): Picture {
  const curves = (['teacher', 'scratch', 'distilled'] as const).flatMap((kind) => {
    const one = reliability[kind];
    return one ? [{ kind, ...one }] : [];
  });
  const eces = curves.map(({ kind, ece }) => `${kind}${ece ? ` ${percent(ece.mean, 1)}` : ''}`);
  return {
    id: 'reliability',
    title: 'Reliability',
    caption: `${part}, T 1, ${BINS} bins`,
    fileName: `${experiment}-reliability`,
    spoken: `Calibration error: ${eces.join(', ')}.`,
    table: {
      columns: [
        { name: 'network' },
        { name: 'confidence', format: (value) => percentage(value, 1) },
        { name: 'accuracy', format: (value) => percentage(value, 1) },
        { name: 'examples' },
      ],
      rows: curves.flatMap(({ kind, bins }) =>
        bins.map((bin) => [kind, bin.confidence, bin.accuracy, bin.count]),
      ),
    },
    draw: (width, palette) => {
      const all = curves.flatMap(({ bins }) => bins.flatMap((bin) => [bin.confidence, bin.accuracy]));
      const min = Math.floor(Math.min(0.8, ...all) * 5) * 20;
      const axis = { scale: 'linear' as const, min, max: 100, tick: fixed };
      const measure = textWidth(FONT_SIZE, palette.font);
      const plane = planeOf({ width, height: HEIGHT }, axis, axis, measure);
      const lines = curves.map(({ bins }) =>
        bins.map((bin) => ({ x: plane.x(bin.confidence * 100), y: plane.y(bin.accuracy * 100) })),
      );
      const eceAt = (i: number) => ({ x: plane.right - 6, y: plane.bottom - 12 - 15 * i });
      const sides = sideWords(plane, measure, [
        ...lines.flatMap((line) => boxesAlong(...line)),
        ...eces.map((text, i) => textBox(eceAt(i).x, eceAt(i).y, measure(`ECE ${text}`), 'right')),
      ]);
      const size = (count: number, total: number) => 2.2 + 3.4 * Math.sqrt(count / total);
      return {
        width,
        height: HEIGHT,
        content: (
          <>
            <Axes plane={plane} name="confidence, % (larger: more examples)" palette={palette} />
            <line
              x1={plane.x(min)}
              y1={plane.y(min)}
              x2={plane.x(100)}
              y2={plane.y(100)}
              stroke={palette.muted}
              stroke-opacity={0.7}
            />
            {sides.map(({ text, x, y }) => (
              <Words key={text} at={[x, y]} anchor="middle" ink={palette.muted}>
                {text}
              </Words>
            ))}
            {curves.map(({ kind, bins }, curve) => {
              const total = bins.reduce((sum, bin) => sum + bin.count, 0);
              const at = lines[curve]!.map(({ x, y }) => [x, y] as const);
              return (
                <g key={kind}>
                  <polyline
                    points={at.map((point) => point.join(',')).join(' ')}
                    fill="none"
                    stroke={palette.line[hues[kind]]}
                    stroke-width={palette.highContrast ? 2.6 : 1.8}
                    stroke-dasharray={dashes[kind]}
                  />
                  {at.map((point, i) => (
                    <Dot
                      key={i}
                      kind={kind}
                      at={point}
                      size={size(bins[i]!.count, total)}
                      palette={palette}
                    />
                  ))}
                </g>
              );
            })}
            {eces.map((text, i) => (
              <Words
                key={text}
                at={[eceAt(i).x, eceAt(i).y]}
                anchor="end"
                ink={palette.text[hues[curves[i]!.kind]]}
                ground={palette.background}
              >
                {`ECE ${text}`}
              </Words>
            ))}
          </>
        ),
      };
    },
  };
}

/** What either side of the diagonal means, where it covers nothing; left out where there is no room. */
function sideWords(plane: Plane, width: TextWidth, taken: readonly Box[]) {
  const { left, right, top, bottom } = plane;
  const diagonal = boxesAlong({ x: left, y: bottom }, { x: right, y: top });
  const across = (share: number) => left + (right - left) * share;
  const down = (share: number) => top + (bottom - top) * share;
  const choices = [
    { text: 'underconfident', near: { x: across(0.25), y: down(0.1) }, above: true },
    { text: 'overconfident', near: { x: across(0.86), y: down(0.68) }, above: false },
  ].map(({ text, near, above }) =>
    middlesNear(near, width(text) + 12, plane)
      .filter(({ x, y }) => bottom - y > ((x - left) / (right - left)) * (bottom - top) === above)
      .map((middle) => ({ text, ...middle })),
  );
  const boxes = choices.map((all) => all.map(({ text, x, y }) => textBox(x, y, width(text) + 8, 'center')));
  return placeLabels(boxes, [...taken, ...diagonal], plane).flatMap((at, i) =>
    at === null ? [] : [choices[i]![at]!],
  );
}
