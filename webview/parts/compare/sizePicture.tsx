import { accuracy, decimalsFor, percentage } from '../../../src/results/format';
import type { ArmSummary, Summary } from '../../../src/results/summary';
import { shortened, textWidth } from '../../chart/textWidth';
import { hueOf } from '../../models/curves';
import { type SizePoint, accuracyScale, sizeAxisOf, sizeFront, sizeScale } from '../../models/sizeFront';
import { FEW, placePoints } from '../../models/sizeLayout';
import { FONT_SIZE, type Picture } from '../../picture/picture';
import { Axes, Dot, Words, planeOf } from '../../picture/plane';
import type { PageState } from '../../state';

/** Points with names; with more arms, only those of the front are named. */
const MOST_LABELS = 12;
/** Share of the width that a name may take. */
const LONGEST = 0.4;

const nameOf = ({ kind, title }: SizePoint) => (kind === 'teacher' ? 'teacher' : title);

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
  const crowds = points.some((p) => points.filter(({ size }) => size === p.size).length > FEW);
  const x = sizeScale(points, say);
  const y = accuracyScale(points);
  return {
    id: 'size',
    title: axis === 'latency' ? 'Latency against accuracy' : 'Size against accuracy',
    caption: `${summary.part} %, bars ± sd over seeds; log; dotted: Pareto front; ${
      crowds ? 'of many arms of one size only the best has its bar' : 'arms of one size side by side'
    }`,
    fileName: `${summary.experiment}-${axis}-accuracy`,
    spoken: `On the Pareto front: ${front.map((p) => `${p.title} ${say(p.size)} ${accuracy(p.accuracy, examples)}`).join('; ')}.`,
    table: {
      columns: [
        { name: 'arm' },
        { name: 'kind' },
        { name, format: say },
        { name: `${summary.part} accuracy`, format: (value) => accuracy(value, examples) },
        { name: 'sd', format: (value) => percentage(value, decimalsFor(examples)) },
        { name: 'seeds' },
        { name: 'on the Pareto front' },
      ],
      rows: points.map((p) => [p.title, p.kind, p.size, p.accuracy, p.sd, p.n, p.front ? 'yes' : 'no']),
    },
    draw: (width, palette) => {
      const height = 290;
      const measure = textWidth(FONT_SIZE, palette.font);
      const plane = planeOf({ width, height, right: 16 }, x, y, measure);
      const isNamed = (p: SizePoint) =>
        p.front || (points.length <= MOST_LABELS && p.kind !== 'scratch') ? nameOf(p) : null;
      const names = points.map((p) => {
        const name = isNamed(p);
        return name === null ? null : shortened(name, width * LONGEST, measure);
      });
      const {
        x: xs,
        crowded,
        names: labels,
      } = placePoints(
        points.map((p, i) => ({
          x: plane.x(p.size),
          y: plane.y(p.accuracy * 100),
          sd: p.n > 1 ? Math.abs(plane.y(0) - plane.y(p.sd * 100)) : 0,
          name: typeof names[i] === 'string' ? measure(names[i]) : null,
        })),
        [...pairs, ...front.slice(1).map((p, i) => [points.indexOf(front[i]!), points.indexOf(p)] as const)],
        plane,
      );
      const at = (i: number) => [xs[i]!, plane.y(points[i]!.accuracy * 100)] as const;
      // Of a swarm only the best has its bar and its line from scratch.
      const isWhole = (i: number) => !crowded[i] || points[i]!.front;
      const left = names.filter((name, i) => name !== null && labels[i] === null).length;
      return {
        width,
        height,
        content: (
          <>
            <Axes plane={plane} name={name} palette={palette} />
            <polyline
              points={front.map((p) => at(points.indexOf(p)).join(' ')).join(',')}
              fill="none"
              stroke={palette.line.neutral}
              stroke-dasharray="2 4"
            />
            {pairs
              .filter(([, distilled]) => isWhole(distilled))
              .map(([scratch, distilled]) => {
                const [from, to] = [at(scratch), at(distilled)];
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
            {points.map((p, i) => {
              const [px, py] = at(i);
              const sd = Math.abs(plane.y(0) - plane.y(p.sd * 100));
              const hue = hueOf(p.kind);
              return (
                <g key={p.slug}>
                  <title>{`${p.title}: ${say(p.size)}, ${accuracy(p.accuracy, examples)}`}</title>
                  {p.n > 1 && isWhole(i) && (
                    <line x1={px} x2={px} y1={py - sd} y2={py + sd} stroke={palette.line[hue]} />
                  )}
                  <Dot kind={p.kind} at={[px, py]} size={p.kind === 'teacher' ? 6 : 5} palette={palette} />
                </g>
              );
            })}
            {points.map((p, i) => {
              const label = labels[i];
              if (!label) return null;
              return (
                <Words
                  key={p.slug}
                  at={[label.x, label.y]}
                  anchor={label.align === 'left' ? 'start' : 'end'}
                  ink={palette.text[hueOf(p.kind)]}
                  ground={palette.background}
                >
                  {names[i]}
                </Words>
              );
            })}
            {left > 0 && (
              <Words
                at={[plane.left + 4, plane.bottom - 8]}
                anchor="start"
                ink={palette.muted}
                ground={palette.background}
              >
                {`not labelled for lack of space: ${left}, see the table`}
              </Words>
            )}
          </>
        ),
      };
    },
  };
}
