import type { ComponentChildren } from 'preact';
import {
  count,
  decimalsFor,
  latency,
  loss,
  percentage,
  points,
  holmNote,
  verdictWord,
} from '../../../src/results/format';
import type { Axis } from '../../chart/model';
import { useChartKit } from '../../chart/kit';
import type { ArmRow } from '../../models/armRows';
import { type Measure, latencyOf, measures } from '../../models/measures';
import { FONT_SIZE } from '../../picture/picture';
import { Icon, Mark } from '../shared/icon';
import { verdictLook } from '../overview/verdict';
import { Interval, Strip } from './marks';

const HEIGHT = 24;
const STRIP = 140;

export interface ForestLayout {
  measure: Measure;
  /** Of the part shown: accuracies have as many decimals as one of them moves. */
  examples: number;
  /** The plan's number of seeds; n is shown if an arm has another. */
  seeds: number;
  winner: string | null;
  values: Axis;
  differences: Axis;
  /** Pixels for the intervals. */
  width: number;
}

/** One arm: its numbers, every seed, its difference to scratch. */
export function ForestRow(props: { row: ArmRow; layout: ForestLayout; show: (run: string) => void }) {
  const { row, layout } = props;
  const { arm, comparison } = row;
  const { palette } = useChartKit();
  const measure = measures[layout.measure];
  const decimals = decimalsFor(layout.examples);
  const bare = (value: number) =>
    measure.scale === 100 ? percentage(value, layout.measure === 'ece' ? 1 : decimals) : loss(value);
  const value = measure.of(arm, row.part);
  const microseconds = latencyOf(arm);
  const look = comparison && row.part === 'test' ? verdictLook(comparison) : null;
  const note = comparison && holmNote(comparison);
  const place = { row, y: HEIGHT / 2, palette };
  return (
    <tr class={comparison?.primary && row.experiment === null ? 'headline' : ''}>
      <Name row={row} winner={layout.winner} show={props.show} />
      <td>
        {value ? bare(value.mean) : '–'}
        {value && value.n > 1 && <span class="aside wide"> ± {bare(value.sd)}</span>}
        {value && value.n !== layout.seeds && <span class="aside"> n = {value.n}</span>}
      </td>
      <td class="wide picture-cell">
        <Small width={STRIP} label={seedsSpoken(row, layout.measure, bare)}>
          <Strip {...place} axis={layout.values} width={STRIP} measure={layout.measure} />
        </Small>
      </td>
      <td>{comparison && comparison.mean !== null ? points(comparison.mean, comparison.decimals) : '–'}</td>
      <td class="picture-cell">
        <Small width={layout.width} label={intervalSpoken(row)}>
          <Interval {...place} axis={layout.differences} width={layout.width} height={HEIGHT} />
        </Small>
      </td>
      <td class="token-cell">
        {comparison && look ? (
          <>
            <Icon name={look.icon} tone={look.tone} /> <span class="word">{verdictWord(comparison)}</span>
            {note && <span class="aside holm">{note}</span>}
          </>
        ) : (
          '–'
        )}
      </td>
      <td>{arm.agreement ? percentage(arm.agreement.mean, decimals) : '–'}</td>
      <td>{arm.ece ? percentage(arm.ece.mean, 1) : '–'}</td>
      <td>{arm.nll ? loss(arm.nll.mean) : '–'}</td>
      <td>{arm.parameters === null ? '–' : count(arm.parameters)}</td>
      <td>{microseconds === null ? '–' : latency(microseconds)}</td>
    </tr>
  );
}

/** A button to its runs, where they are this experiment's. */
function Name(props: { row: ArmRow; winner: string | null; show: (run: string) => void }) {
  const { arm, title, experiment } = props.row;
  const first = experiment === null ? arm.seeds[0]?.folder : undefined;
  const name = (
    <>
      <Mark kind={arm.kind} /> {title}
    </>
  );
  return (
    <th scope="row">
      {first === undefined ? (
        name
      ) : (
        <button
          type="button"
          class="cell"
          title="Show its runs"
          onClick={() => {
            props.show(first);
          }}
        >
          {name}
        </button>
      )}
      {experiment !== null && <span class="aside"> {experiment}</span>}
      {experiment === null && arm.slug === props.winner && <span class="aside"> best on validation</span>}
    </th>
  );
}

const Small = (props: { width: number; label: string; children: ComponentChildren }) => (
  <svg
    class="picture"
    width={props.width}
    height={HEIGHT}
    font-size={FONT_SIZE}
    role="img"
    aria-label={props.label}
  >
    {props.children}
  </svg>
);

function seedsSpoken({ arm, part }: ArmRow, measure: Measure, say: (value: number) => string): string {
  const values = arm.seeds.flatMap((seed) => measures[measure].ofSeed(seed, part) ?? []);
  return values.length === 0 ? 'No seed is finished.' : `Seeds: ${values.map(say).join(', ')}.`;
}

function intervalSpoken({ arm, comparison }: ArmRow): string {
  if (arm.kind === 'scratch') return 'The baseline.';
  if (!comparison || comparison.mean === null) return 'No pair of seeds yet.';
  const { interval, mean, perSeed, decimals } = comparison;
  const range = interval
    ? `, ${Math.round(interval.level * 100)} % interval ${points(interval.low, decimals)} to ${points(interval.high, decimals)}`
    : '';
  const each = perSeed.map(({ difference }) => points(difference, decimals)).join(', ');
  return `Difference ${points(mean, decimals)}${range}; seeds ${each}.`;
}
