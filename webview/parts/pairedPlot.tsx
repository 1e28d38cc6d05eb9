import { decimalsFor, points } from '../../src/results/format';
import { useRef } from 'preact/hooks';
import type { Comparison } from '../../src/results/summary';
import { linearTicks, project } from '../chart/axis';
import { dotRows } from './dotRows';
import { useWidth } from './width';

const HEIGHT = 92;
const BASE = 74;
const DOTS = 34;
const BAR = 54;
/** Width of “one dot per seed”. */
const WORDS = 98;

/** Each seed's difference as a dot, their mean and its interval, on an axis that always shows 0. */
export function PairedPlot({ comparison, examples }: { comparison: Comparison; examples: number }) {
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
  const dotsBegin = Math.min(...differences.map(x)) - 10;
  const dotsEnd = Math.max(...differences.map(x)) + 10;
  const side = width - dotsEnd > WORDS ? 'start' : dotsBegin > WORDS ? 'end' : null;
  const part = comparison.part === 'test' ? 'test' : 'validation';
  const spoken = [
    `Difference of each seed: ${comparison.perSeed.map((s) => points(s.difference, decimalsFor(examples))).join(', ') || 'none yet'}.`,
    mean === null ? '' : `Mean ${points(mean, decimalsFor(examples))}.`,
    interval
      ? `${Math.round(interval.level * 100)} % interval ${points(interval.low, decimalsFor(examples))} to ${points(interval.high, decimalsFor(examples))}.`
      : '',
  ].join(' ');
  return (
    <div class="paired" ref={box}>
      <h3>
        Distilled − scratch{' '}
        <span class="caption">
          {part} accuracy, percentage points{side === null && ', one dot per seed'}
        </span>
      </h3>
      <svg width={width} height={HEIGHT} role="img" aria-label={spoken}>
        <line class="axis" x1={x(min)} x2={x(max)} y1={BASE} y2={BASE} />
        {linearTicks(min, max, Math.max(3, Math.floor(width / 44))).map((tick) => (
          <g key={tick}>
            <line class="axis" x1={x(tick)} x2={x(tick)} y1={BASE - 3} y2={BASE} />
            <text class="tick" x={x(tick)} y={BASE + 15} text-anchor="middle">
              {points(tick / 100, Number.isInteger(tick) ? 0 : 1)}
            </text>
          </g>
        ))}
        <line class="zero" x1={x(0)} x2={x(0)} y1={4} y2={BASE} />
        <text class="tick" x={x(0) + 7} y={11}>
          same as scratch
        </text>
        {interval && (
          <line class="interval" x1={x(interval.low * 100)} x2={x(interval.high * 100)} y1={BAR} y2={BAR} />
        )}
        {interval && mean !== null && (
          <line class="mean" x1={x(mean * 100)} x2={x(mean * 100)} y1={BAR - 6} y2={BAR + 6} />
        )}
        {differences.map((point, i) => (
          <circle key={i} class="dot" cx={x(point)} cy={DOTS - (rows[i] ?? 0) * 10} r={4} />
        ))}
        {differences.length > 0 && side !== null && (
          <text class="tick" x={side === 'start' ? dotsEnd : dotsBegin} y={DOTS + 4} text-anchor={side}>
            one dot per seed
          </text>
        )}
        <text
          class="tick"
          x={interval ? Math.min(x(interval.high * 100) + 8, width - 50) : x(0) + 7}
          y={BAR + 4}
        >
          {interval ? `${Math.round(interval.level * 100)} % CI` : 'interval when the test set is opened'}
        </text>
      </svg>
    </div>
  );
}
