import type { Classes } from '../../../src/messages';
import { fixed, percent, percentage } from '../../../src/results/format';
import { BINS } from '../../../src/results/classes/reliability';
import { textWidth } from '../../chart/textWidth';
import { FONT_SIZE, type Picture } from '../../picture/picture';
import { Axes, Dot, Words, planeOf } from '../../picture/plane';

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
      const plane = planeOf({ width, height: HEIGHT }, axis, axis, textWidth(FONT_SIZE, palette.font));
      const [middle, high] = [min + (100 - min) * 0.32, min + (100 - min) * 0.86];
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
            <Words
              at={[plane.x(middle), plane.y(high)]}
              anchor="middle"
              ink={palette.muted}
              ground={palette.background}
            >
              underconfident
            </Words>
            <Words
              at={[plane.x(high), plane.y(middle)]}
              anchor="middle"
              ink={palette.muted}
              ground={palette.background}
            >
              overconfident
            </Words>
            {curves.map(({ kind, bins }) => {
              const total = bins.reduce((sum, bin) => sum + bin.count, 0);
              const at = bins.map(
                (bin) => [plane.x(bin.confidence * 100), plane.y(bin.accuracy * 100)] as const,
              );
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
                at={[plane.right - 6, plane.bottom - 12 - 15 * i]}
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
