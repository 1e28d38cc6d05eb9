import type { ComponentChildren } from 'preact';
import type { ArmSummary } from '../../src/results/summary';
import { axisTicks, project } from '../chart/axis';
import { Y_ROOM } from '../chart/layout';
import type { Axis } from '../chart/model';
import { Mark } from '../parts/mark';
import type { Palette } from '../theme';

export interface Plane {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (value: number) => number;
  y: (value: number) => number;
}

/** Where data stand in a picture of this size, room for ticks and names left out. */
export function planeOf(
  size: { width: number; height: number; right?: number; left?: number },
  x: Axis,
  y: Axis,
): Plane {
  const area = {
    left: size.left ?? 40,
    right: size.width - (size.right ?? 12),
    top: 12,
    bottom: size.height - 26,
  };
  return { ...area, x: project(x, area.left, area.right), y: project(y, area.bottom, area.top) };
}

/** Grid, ticks and what they say. */
export const Axes = (props: { plane: Plane; x: Axis; y: Axis; palette: Palette }) => {
  const { plane, x, y, palette } = props;
  return (
    <>
      {axisTicks(y, plane.bottom - plane.top, Y_ROOM).map((tick) => (
        <g key={tick}>
          <line
            x1={plane.left}
            x2={plane.right}
            y1={plane.y(tick)}
            y2={plane.y(tick)}
            stroke={palette.grid}
          />
          <Words at={[plane.left - 6, plane.y(tick)]} anchor="end" ink={palette.muted}>
            {y.tick(tick)}
          </Words>
        </g>
      ))}
      {axisTicks(x, plane.right - plane.left, 46).map((tick) => (
        <Words key={tick} at={[plane.x(tick), plane.bottom + 14]} anchor="middle" ink={palette.muted}>
          {x.tick(tick)}
        </Words>
      ))}
    </>
  );
};

/** Text whose middle stands at a height. */
export const Words = (props: {
  at: readonly [number, number];
  anchor: 'start' | 'middle' | 'end';
  ink: string;
  bold?: boolean;
  children: ComponentChildren;
}) => (
  <text
    x={props.at[0]}
    y={props.at[1]}
    dy="0.35em"
    text-anchor={props.anchor}
    fill={props.ink}
    {...(props.bold && { 'font-weight': 600 })}
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

/** What the signs mean, beside the colours that say the same. */
export const Legend = ({ kinds }: { kinds: readonly ArmSummary['kind'][] }) => (
  <p class="legend caption">
    {kinds.map((kind) => (
      <span key={kind}>
        <Mark kind={kind} /> {kind}
      </span>
    ))}
  </p>
);
