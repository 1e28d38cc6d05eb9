import type { Palette } from '../../theme';

/** How far from an axis a drag still means it. */
const REACH = 14;

/** Where an upright axis begins and ends. */
interface Ends {
  top: number;
  bottom: number;
}

/** The range of an axis that is kept. */
export const Range = (props: {
  at: number;
  range: [number, number];
  y: (height: number) => number;
  palette: Palette;
}) => (
  <rect
    x={props.at - 5}
    width={10}
    y={props.y(props.range[1])}
    height={Math.max(2, props.y(props.range[0]) - props.y(props.range[1]))}
    fill={props.palette.line.neutral}
    fill-opacity={0.25}
    stroke={props.palette.line.neutral}
  />
);

/** Drag up or down on an axis to filter by a range; a click clears the filter. */
export function Handle(props: { at: number; ends: Ends; onRange: (range: [number, number] | null) => void }) {
  const { at, onRange } = props;
  const { top, bottom } = props.ends;
  const height = (event: PointerEvent) => {
    const box = (event.currentTarget as SVGElement).ownerSVGElement?.getBoundingClientRect();
    return Math.min(1, Math.max(0, (bottom - (event.clientY - (box?.top ?? 0))) / (bottom - top)));
  };
  return (
    <rect
      class="axis-handle"
      x={at - REACH}
      width={2 * REACH}
      y={top - 6}
      height={bottom - top + 12}
      fill="transparent"
      onPointerDown={(event) => {
        const element = event.currentTarget;
        element.setPointerCapture(event.pointerId);
        element.dataset['from'] = String(height(event));
      }}
      onPointerUp={(event) => {
        const from = Number(event.currentTarget.dataset['from']);
        const to = height(event);
        onRange(Math.abs(to - from) < 0.03 ? null : [Math.min(from, to), Math.max(from, to)]);
      }}
    />
  );
}
