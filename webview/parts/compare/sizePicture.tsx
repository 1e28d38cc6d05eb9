import { accuracy, decimalsFor, percentage } from '../../../src/results/format';
import type { ArmSummary, Summary } from '../../../src/results/summary';
import { pushApart } from '../../chart/labels';
import { accuracyScale, sizeAxisOf, sizeFront, sizeScale } from '../../models/sizeFront';
import type { Picture } from '../../picture/picture';
import { Axes, Dot, Words, planeOf } from '../../picture/plane';
import type { PageState } from '../../state';

/** Names beside points; of more arms only the front’s. */
const MOST_LABELS = 12;

/** Size or latency against accuracy: scratch and distilled of one network are joined, the best of each size too. */
export function sizePicture(
  summary: Summary,
  arms: readonly ArmSummary[],
  axis: PageState['sizeAxis'],
): Picture | null {
  const { points, pairs } = sizeFront(summary, arms, axis);
  if (points.length === 0) return null;
  const { name, say } = sizeAxisOf(axis);
  const examples = summary.examples[summary.part];
  const front = [...points].filter((point) => point.front).sort((a, b) => a.size - b.size);
  const x = sizeScale(points, say);
  const y = accuracyScale(points);
  return {
    id: 'size',
    title: axis === 'latency' ? 'Latency against accuracy' : 'Size against accuracy',
    caption: `${summary.part} %, bars ± sd over seeds; x ${name}, log; dotted: the front`,
    fileName: `${summary.experiment}-${axis}-accuracy`,
    spoken: `On the front: ${front.map((p) => `${p.title} ${say(p.size)} ${accuracy(p.accuracy, examples)}`).join('; ')}.`,
    table: {
      columns: [
        { name: 'arm' },
        { name: 'kind' },
        { name, format: say },
        { name: `${summary.part} accuracy`, format: (value) => accuracy(value, examples) },
        { name: 'sd', format: (value) => percentage(value, decimalsFor(examples)) },
        { name: 'seeds' },
        { name: 'on the front' },
      ],
      rows: points.map((p) => [p.title, p.kind, p.size, p.accuracy, p.sd, p.n, p.front ? 'yes' : 'no']),
    },
    draw: (width, palette) => {
      const height = 290;
      const plane = planeOf({ width, height, right: 16 }, x, y);
      const at = (p: { size: number; accuracy: number }) =>
        [plane.x(p.size), plane.y(p.accuracy * 100)] as const;
      const others =
        points.length <= MOST_LABELS ? points.filter((p) => !p.front && p.kind !== 'scratch') : [];
      const labelled = [...front.slice(-MOST_LABELS), ...others];
      const heights = pushApart(
        labelled.map((p) => at(p)[1] - 12),
        12,
        plane.top,
        plane.bottom,
      );
      return {
        width,
        height,
        content: (
          <>
            <Axes plane={plane} x={x} y={y} palette={palette} />
            <polyline
              points={front.map((p) => at(p).join(' ')).join(',')}
              fill="none"
              stroke={palette.line.neutral}
              stroke-dasharray="2 4"
            />
            {pairs.map(([scratch, distilled]) => {
              const [from, to] = [at(points[scratch]!), at(points[distilled]!)];
              return (
                <line
                  key={`${scratch} ${distilled}`}
                  x1={from[0]}
                  y1={from[1]}
                  x2={to[0]}
                  y2={to[1]}
                  stroke={palette.line.teacher}
                  stroke-opacity={palette.highContrast ? 1 : 0.6}
                  stroke-width={1.4}
                />
              );
            })}
            {points.map((p) => {
              const [px, py] = at(p);
              const sd = Math.abs(plane.y(0) - plane.y(p.sd * 100));
              const hue = p.kind === 'teacher' ? 'neutral' : p.kind === 'scratch' ? 'labels' : 'teacher';
              return (
                <g key={p.slug}>
                  {p.n > 1 && <line x1={px} x2={px} y1={py - sd} y2={py + sd} stroke={palette.line[hue]} />}
                  <Dot kind={p.kind} at={[px, py]} size={p.kind === 'teacher' ? 6 : 5} palette={palette} />
                </g>
              );
            })}
            {labelled.map((p, i) => {
              const [px] = at(p);
              const side = px > (plane.left + plane.right) / 2 ? 'end' : 'start';
              return (
                <Words
                  key={p.slug}
                  at={[px + (side === 'end' ? -9 : 9), heights[i] ?? 0]}
                  anchor={side}
                  ink={
                    palette.text[
                      p.kind === 'distilled' ? 'teacher' : p.kind === 'scratch' ? 'labels' : 'neutral'
                    ]
                  }
                >
                  {p.kind === 'teacher' ? 'teacher' : p.title}
                </Words>
              );
            })}
          </>
        ),
      };
    },
  };
}
