import { points } from '../../../src/results/format';
import { dotRows, pairedInWords } from '../../../src/results/plots';
import { useRef } from 'preact/hooks';
import type { Comparison } from '../../../src/results/summary';
import { linearTicks, project } from '../../chart/axis';
import { useChartKit } from '../../chart/kit';
import { type Box, placeLabels, textBox } from '../../chart/labels';
import { type TextWidth, textWidth } from '../../chart/textWidth';
import { useWidth } from '../shared/width';

const HEIGHT = 92;
const BASE = 74;
const DOTS = 34;
const BAR = 54;
/** Of a row of dots; so many rows have room above the interval. */
const ROW = 10;
const ROWS = 3;
const TEXT = 11;

const EACH = 'one dot per seed';

interface Word {
  text: string;
  x: number;
  y: number;
  align: 'left' | 'right';
}

/** Each word at the first of its places that is free. */
function freeWords(choices: readonly Word[][], taken: readonly Box[], bounds: Box, width: TextWidth): Word[] {
  const boxes = choices.map((words) =>
    words.map(({ text, x, y, align }) => textBox(x, y, width(text), align)),
  );
  return placeLabels(boxes, taken, bounds).flatMap((at, i) => (at === null ? [] : [choices[i]![at]!]));
}

/** Each seed's difference as a dot, their mean and its interval, on an axis that always shows 0. */
export function PairedPlot({ comparison }: { comparison: Comparison }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 440);
  const { interval, mean } = comparison;
  const differences = comparison.perSeed.map((s) => s.difference * 100);
  const bounds = interval ? [interval.low * 100, interval.high * 100] : [];
  const all = [0, ...differences, ...bounds];
  const min = Math.floor(Math.min(-1, ...all.map((v) => v - 0.4)));
  const max = Math.ceil(Math.max(1, ...all.map((v) => v + 0.8)));
  const x = project({ scale: 'linear', min, max, tick: String }, 10, width - 26);
  const rows = dotRows(differences.map(x), 9);
  const lift = ROW * Math.max(0, Math.max(0, ...rows) + 1 - ROWS);
  const [base, dots, bar] = [BASE + lift, DOTS + lift, BAR + lift];
  const level = interval
    ? `${Math.round(interval.level * 100)} % CI`
    : 'interval when the test set is opened';
  const dotBoxes = differences.map((point, i) => ({
    left: x(point) - 6,
    right: x(point) + 6,
    top: dots - (rows[i] ?? 0) * ROW - 5,
    bottom: dots - (rows[i] ?? 0) * ROW + 5,
  }));
  const ends = interval ? [interval.low, interval.high] : [0, 0];
  const [low, high] = [x((ends[0] ?? 0) * 100), x((ends[1] ?? 0) * 100)];
  const zeroLine = { left: x(0) - 3, right: x(0) + 3, top: 0, bottom: base };
  const barBox = { left: low - 4, right: high + 4, top: bar - 6, bottom: bar + 6 };
  /** Words at the right of something or at its left. */
  const beside = (text: string, y: number, left: number, right: number): Word[] => [
    { text, x: right + 8, y, align: 'left' },
    { text, x: left - 8, y, align: 'right' },
  ];
  const words = freeWords(
    [
      beside('same as scratch', 8, x(0), x(0)),
      ...(interval || mean !== null
        ? [
            [
              ...beside(level, bar, low, high),
              ...beside(level, bar, Math.min(low, x(0)), Math.max(high, x(0))),
            ],
          ]
        : []),
      ...(differences.length > 0
        ? [
            beside(
              EACH,
              dots,
              Math.min(...dotBoxes.map((box) => box.left)),
              Math.max(...dotBoxes.map((box) => box.right)),
            ),
          ]
        : []),
    ],
    [zeroLine, ...dotBoxes, ...(interval ? [barBox] : [])],
    { left: 0, right: width, top: 0, bottom: base },
    textWidth(TEXT, useChartKit().palette.font),
  );
  // What does not fit into the picture is written above it.
  const above = [EACH, ...(interval ? [level] : [])].filter(
    (text) => differences.length > 0 && !words.some((word) => word.text === text),
  );
  const part = comparison.part === 'test' ? 'test' : 'validation';
  return (
    <div class="paired" ref={box}>
      <h3>
        Distilled − scratch{' '}
        <span class="caption">{[`${part} accuracy, percentage points`, ...above].join(', ')}</span>
      </h3>
      <svg width={width} height={HEIGHT + lift} role="img" aria-label={pairedInWords(comparison)}>
        <line class="axis" x1={x(min)} x2={x(max)} y1={base} y2={base} />
        {linearTicks(min, max, Math.max(3, Math.floor(width / 44))).map((tick) => (
          <g key={tick}>
            <line class="axis" x1={x(tick)} x2={x(tick)} y1={base - 3} y2={base} />
            <text class="tick" x={x(tick)} y={base + 15} text-anchor="middle">
              {points(tick / 100, Number.isInteger(tick) ? 0 : 1)}
            </text>
          </g>
        ))}
        <line class="zero" x1={x(0)} x2={x(0)} y1={4} y2={base} />
        {interval && (
          <line class="interval" x1={x(interval.low * 100)} x2={x(interval.high * 100)} y1={bar} y2={bar} />
        )}
        {interval && mean !== null && (
          <line class="mean" x1={x(mean * 100)} x2={x(mean * 100)} y1={bar - 6} y2={bar + 6} />
        )}
        {differences.map((point, i) => (
          <circle key={i} class="dot" cx={x(point)} cy={dots - (rows[i] ?? 0) * ROW} r={4} />
        ))}
        {words.map(({ text, x, y, align }) => (
          <text
            key={text}
            class="tick"
            x={x}
            y={y}
            dy="0.35em"
            text-anchor={align === 'left' ? 'start' : 'end'}
          >
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}
