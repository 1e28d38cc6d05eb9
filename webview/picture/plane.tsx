import type { ComponentChildren } from 'preact';
import type { ArmSummary } from '../../src/results/summary';
import { project, type Tick } from '../chart/axis';
import { X_HEIGHT, X_NAME, X_TICKS, xTicks, yTicks } from '../chart/layout';
import type { Axis } from '../chart/model';
import type { TextWidth } from '../chart/textWidth';
import { Mark } from '../parts/shared/icon';
import type { Palette } from '../theme';

export interface Plane {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (value: number) => number;
  y: (value: number) => number;
  ticks: { x: Tick[]; y: Tick[] };
}

/** The plot area in a picture of this size, with room for the tick texts. `left` and `right` are minimum margins. */
export function planeOf(
  size: { width: number; height: number; right?: number; left?: number },
  x: Axis,
  y: Axis,
  width: TextWidth,
): Plane {
  const [top, bottom] = [12, size.height - X_HEIGHT];
  const widest = (ticks: readonly Tick[]) => Math.max(0, ...ticks.map(({ text }) => width(text)));
  const ys = yTicks(y, bottom - top);
  const left = Math.max(size.left ?? 40, widest(ys) + 8);
  let right = size.width - (size.right ?? 12);
  // A narrower axis may have other ticks.
  for (let before = NaN; before !== right;) {
    before = right;
    right = Math.min(right, size.width - 2 - widest(xTicks(x, right - left, width)) / 2);
  }
  return {
    ...{ left, right, top, bottom },
    x: project(x, left, right),
    y: project(y, bottom, top),
    ticks: { x: xTicks(x, right - left, width), y: ys },
  };
}

/** Grid, ticks and what they say; `name` is that of the x axis, with its unit. */
export const Axes = ({ plane, name, palette }: { plane: Plane; name: string; palette: Palette }) => {
  return (
    <>
      {plane.ticks.y.map(({ at, text }) => (
        <g key={at}>
          <line x1={plane.left} x2={plane.right} y1={plane.y(at)} y2={plane.y(at)} stroke={palette.grid} />
          <Words at={[plane.left - 6, plane.y(at)]} anchor="end" ink={palette.muted}>
            {text}
          </Words>
        </g>
      ))}
      {plane.ticks.x.map(({ at, text }) => (
        <Words key={at} at={[plane.x(at), plane.bottom + X_TICKS]} anchor="middle" ink={palette.muted}>
          {text}
        </Words>
      ))}
      <Words at={[(plane.left + plane.right) / 2, plane.bottom + X_NAME]} anchor="middle" ink={palette.muted}>
        {name}
      </Words>
    </>
  );
};

/** Text with its middle at a height; with a background if lines would cross it. */
export const Words = (props: {
  at: readonly [number, number];
  anchor: 'start' | 'middle' | 'end';
  ink: string;
  bold?: boolean;
  ground?: string;
  children: ComponentChildren;
}) => (
  <text
    x={props.at[0]}
    y={props.at[1]}
    dy="0.35em"
    text-anchor={props.anchor}
    fill={props.ink}
    {...(props.bold && { 'font-weight': 600 })}
    {...(props.ground !== undefined && {
      stroke: props.ground,
      'stroke-width': 3,
      'stroke-linejoin': 'round',
      'paint-order': 'stroke',
    })}
  >
    {props.children}
  </text>
);

/** ◆ teacher, ○ scratch, ● distilled. */
export function Dot(props: {
  kind: ArmSummary['kind'];
  at: readonly [number, number];
  size: number;
  palette: Palette;
  /** Of one of many seeds. */
  faint?: boolean;
}) {
  const { kind, size, palette } = props;
  const [x, y] = props.at;
  const opacity = props.faint && !palette.highContrast ? 0.55 : 1;
  if (kind === 'teacher')
    return (
      <path
        d={`M${x} ${y - size}L${x + size} ${y}L${x} ${y + size}L${x - size} ${y}Z`}
        fill={palette.line.neutral}
        opacity={opacity}
      />
    );
  return kind === 'scratch' ? (
    <circle
      cx={x}
      cy={y}
      r={size - 1}
      fill={palette.background}
      stroke={palette.line.labels}
      stroke-width={1.6}
      opacity={opacity}
    />
  ) : (
    <circle cx={x} cy={y} r={size} fill={palette.line.teacher} opacity={opacity} />
  );
}

/** Legend of the signs, which repeat the colours. */
export const Legend = ({ kinds }: { kinds: readonly ArmSummary['kind'][] }) => (
  <p class="legend caption">
    {kinds.map((kind) => (
      <span key={kind}>
        <Mark kind={kind} /> {kind}
      </span>
    ))}
  </p>
);
