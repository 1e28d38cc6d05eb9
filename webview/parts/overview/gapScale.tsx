import { decimalsFor, percentage } from '../../../src/results/format';
import { useRef } from 'preact/hooks';
import { linearTicks, project } from '../../chart/axis';
import { useChartKit } from '../../chart/kit';
import { pushApart } from '../../../src/results/plots';
import { textWidth } from '../../chart/textWidth';
import { useWidth } from '../shared/width';

const LINE = 34;

/** Share of the gap from scratch to the teacher that distillation closed. All shares 0–1. */
export function GapScale(props: {
  scratch: number;
  distilled: number;
  teacher: number;
  gapClosed: number | null;
  examples: number;
  caption: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 640);
  const { scratch, distilled, teacher, gapClosed } = props;
  const values = [scratch, distilled, teacher].map((value) => value * 100);
  const span = Math.max(...values) - Math.min(...values);
  const pad = Math.max(0.5, span * 0.15);
  const [low, high] = [Math.max(0, Math.min(...values) - pad), Math.min(100, Math.max(...values) + pad)];
  const ticks = linearTicks(low, high, Math.max(3, Math.floor(width / 110)));
  const x = project({ scale: 'linear', min: low, max: high, tick: String }, 20, width - 20);
  const [from, to, end] = [x(scratch * 100), x(distilled * 100), x(teacher * 100)];
  const names = [
    { text: `scratch ${percentage(scratch, decimalsFor(props.examples))}`, at: from },
    { text: `distilled ${percentage(distilled, decimalsFor(props.examples))}`, at: to },
    { text: `teacher ${percentage(teacher, decimalsFor(props.examples))}`, at: end },
  ];
  const measure = textWidth(11, useChartKit().palette.font);
  const widest = Math.max(...names.map((name) => measure(name.text, true)));
  const places = pushApart(
    names.map((name) => name.at),
    widest + 10,
    widest / 2,
    width - widest / 2,
  );
  const share =
    gapClosed === null
      ? 'the teacher is no better than scratch'
      : gapClosed < 0
        ? 'below scratch: none of the gap closed'
        : `${Math.round(gapClosed * 100)} % of the gap closed`;
  const shareRoom = measure(share) / 2 + 2;
  const spoken = `${names.map((n) => `${n.text} %`).join(', ')}: ${share}.`;
  return (
    <section class="gap" ref={box}>
      <h2>
        Gap to the teacher closed <span class="caption">{props.caption}</span>
      </h2>
      <svg width={width} height={70} role="img" aria-label={spoken}>
        <line class="axis" x1={20} x2={width - 20} y1={LINE} y2={LINE} />
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="axis" x1={x(tick)} x2={x(tick)} y1={LINE - 3} y2={LINE + 3} />
            <text class="tick" x={x(tick)} y={LINE + 31} text-anchor="middle">
              {`${tick} %`}
            </text>
          </g>
        ))}
        <line class="way" x1={Math.max(from, to)} x2={end} y1={LINE} y2={LINE} />
        <line class={distilled >= scratch ? 'gained' : 'lost'} x1={from} x2={to} y1={LINE} y2={LINE} />
        <path class="teacher" transform={`translate(${end} ${LINE})`} d="M0 -7L7 0L0 7L-7 0Z" />
        <circle class="scratch" cx={from} cy={LINE} r={6} />
        <circle class="distilled" cx={to} cy={LINE} r={6} />
        {names.map((name, i) => (
          <text
            key={name.text}
            class={i === 1 && distilled > scratch ? 'name strong' : 'name'}
            x={places[i] ?? name.at}
            y={LINE - 18}
            text-anchor="middle"
          >
            {name.text}
          </text>
        ))}
        <text
          class="share"
          x={Math.min(width - shareRoom, Math.max(shareRoom, (from + to) / 2))}
          y={LINE + 17}
          text-anchor="middle"
        >
          {share}
        </text>
      </svg>
    </section>
  );
}
