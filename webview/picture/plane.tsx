import type { ComponentChildren } from 'preact';
import type { ArmSummary } from '../../src/results/summary';
import { axisTicks, project } from '../chart/axis';
import { X_HEIGHT, X_NAME, X_TICKS, Y_ROOM, xRoom } from '../chart/layout';
import type { Axis } from '../chart/model';
import { textWidth } from '../chart/textWidth';
import { Mark } from '../parts/shared/mark';
import type { Palette } from '../theme';
import { FONT_SIZE } from './picture';

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
    bottom: size.height - X_HEIGHT,
  };
  return { ...area, x: project(x, area.left, area.right), y: project(y, area.bottom, area.top) };
}

/** Grid, ticks and what they say; `name` is that of the x axis, with its unit. */
export const Axes = (props: { plane: Plane; x: Axis; y: Axis; name: string; palette: Palette }) => {
  const { plane, x, y, name, palette } = props;
  const room = xRoom(x, textWidth(FONT_SIZE, palette.font));
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
      {axisTicks(x, plane.right - plane.left, room).map((tick) => (
        <Words key={tick} at={[plane.x(tick), plane.bottom + X_TICKS]} anchor="middle" ink={palette.muted}>
          {x.tick(tick)}
        </Words>
      ))}
      <Words at={[(plane.left + plane.right) / 2, plane.bottom + X_NAME]} anchor="middle" ink={palette.muted}>
        {name}
      </Words>
    </>
  );
};

/** Text whose middle stands at a height; on a ground of its own where lines would run through it. */
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
