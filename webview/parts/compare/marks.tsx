import { labelledTicks, linearTicks, project } from '../../chart/axis';
import type { Axis } from '../../chart/model';
import { textWidth } from '../../chart/textWidth';
import type { ArmRow } from '../../models/armRows';
import { type Measure, measures } from '../../models/measures';
import { FONT_SIZE } from '../../picture/picture';
import { Dot, Words } from '../../picture/plane';
import type { Palette } from '../../theme';

/** Room that a dot at either end needs. */
export const EDGE = 6;

interface MarkPosition {
  row: ArmRow;
  axis: Axis;
  width: number;
  /** Height of the middle. */
  y: number;
  palette: Palette;
}

/** What is written at the ticks below a column of marks. */
export const AxisTexts = (props: { axis: Axis; width: number; y: number; palette: Palette }) => {
  const { axis, width, y, palette } = props;
  const measure = textWidth(FONT_SIZE, palette.font);
  const x = project(axis, EDGE, width - EDGE);
  // A narrow column too says more than where 0 is.
  const ticks = linearTicks(axis.min, axis.max, Math.max(3, Math.floor(width / 46)));
  return labelledTicks(axis, ticks).map(({ at, text }) => {
    const half = measure(text) / 2;
    return (
      <Words
        key={at}
        at={[Math.min(width - half, Math.max(half, x(at))), y]}
        anchor="middle"
        ink={palette.muted}
      >
        {text}
      </Words>
    );
  });
};

/** Every seed of an arm, and their mean. */
export function Strip({ row, axis, width, y, palette, measure }: MarkPosition & { measure: Measure }) {
  const { of, ofSeed, scale } = measures[measure];
  const x = project(axis, EDGE, width - EDGE);
  const mean = of(row.arm, row.part)?.mean;
  return (
    <>
      <line x1={EDGE} x2={width - EDGE} y1={y} y2={y} stroke={palette.grid} />
      {row.arm.seeds.map((seed) => {
        const value = ofSeed(seed, row.part);
        return value === null ? null : (
          <Dot key={seed.seed} kind={row.arm.kind} at={[x(value * scale), y]} size={3} palette={palette} />
        );
      })}
      {mean !== undefined && (
        <line
          x1={x(mean * scale)}
          x2={x(mean * scale)}
          y1={y - 7}
          y2={y + 7}
          stroke={palette.foreground}
          stroke-width={2}
        />
      )}
    </>
  );
}

/** The paired difference to scratch: its interval, its mean, and every seed as a ring; on one axis with all others. */
export function Interval({ row, axis, width, y, palette, height }: MarkPosition & { height: number }) {
  const x = project(axis, EDGE, width - EDGE);
  const { comparison, arm } = row;
  const zero = (
    <line
      x1={x(0)}
      x2={x(0)}
      y1={y - height / 2}
      y2={y + height / 2}
      stroke={palette.line.labels}
      stroke-width={1.5}
      stroke-dasharray="4 3"
    />
  );
  if (arm.kind === 'scratch')
    return (
      <>
        {zero}
        <Words at={[x(0) + 8, y]} anchor="start" ink={palette.muted}>
          baseline
        </Words>
      </>
    );
  if (!comparison) return zero;
  const { interval, mean, perSeed } = comparison;
  return (
    <>
      {zero}
      {interval && (
        <line
          x1={x(interval.low * 100)}
          x2={x(interval.high * 100)}
          y1={y}
          y2={y}
          stroke={palette.line.teacher}
          stroke-width={2.4}
          stroke-linecap="round"
        />
      )}
      {perSeed.map(({ seed, difference }) => (
        <circle
          key={seed}
          cx={x(difference * 100)}
          cy={y}
          r={2.2}
          fill={palette.background}
          stroke={palette.line.teacher}
        />
      ))}
      {mean !== null && <Dot kind="distilled" at={[x(mean * 100), y]} size={4.4} palette={palette} />}
    </>
  );
}
