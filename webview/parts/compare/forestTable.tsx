import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { count, decimalsFor, latency, loss, percentage, points } from '../../../src/results/format';
import { linearTicks, project } from '../../chart/axis';
import { useChartKit } from '../../chart/kit';
import type { ArmRow } from '../../models/armRows';
import { differenceAxis, measureAxis } from '../../models/forest';
import { measures } from '../../models/measures';
import { FONT_SIZE } from '../../picture/picture';
import { Words } from '../../picture/plane';
import { PictureTools, usePicture } from '../../picture/tools';
import type { View } from '../../view';
import { gridKeys } from '../gridKeys';
import { Icon } from '../icon';
import { Mark } from '../mark';
import { verdictIcons } from '../verdict';
import { useWidth } from '../width';
import { forestPicture } from './forestPicture';
import { EDGE, Interval, Strip } from './marks';
import { SortHead } from './sortHead';

const ROW = 24;
const STRIP = 140;
/** Arms that are shown before more are asked for. */
const AT_FIRST = 60;

/** What the interval’s column gets of the width that the numbers leave. */
const forestWidth = (width: number) =>
  width < 620 ? 118 : width < 900 ? 190 : Math.min(340, Math.max(190, width - 950));

/** Method × result: every seed, and the paired difference to scratch, on one axis for all. */
export function ForestTable({ view, rows }: { view: View; rows: readonly ArmRow[] }) {
  const { state, change, calm } = view;
  const { palette } = useChartKit();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 1100);
  const [all, setAll] = useState(false);
  const measure = measures[state.measure];
  const summary = calm.summary!;
  const examples = summary.examples[summary.part];
  const decimals = decimalsFor(examples);
  const shown = all ? rows : rows.slice(0, AT_FIRST);
  const differences = differenceAxis(rows);
  const values = measureAxis(rows, state.measure);
  const picture = forestPicture(calm.experiment, rows, state.measure, examples);
  const tools = usePicture(picture, Math.max(width, 900));
  const forest = forestWidth(width);
  const bare = (value: number) =>
    measure.scale === 100 ? percentage(value, state.measure === 'ece' ? 1 : decimals) : loss(value);
  const seeds = summary.planned.seeds;
  const x = project(differences, EDGE, forest - EDGE);
  const cell = (content: ComponentChildren, label: string, w: number) => (
    <svg class="picture" width={w} height={ROW} font-size={FONT_SIZE} role="img" aria-label={label}>
      {content}
    </svg>
  );
  const head = (column: string, name: string, kind = '') => (
    <SortHead
      column={column}
      name={name}
      class={kind}
      order={state.armOrder}
      sort={(armOrder) => {
        change({ armOrder });
      }}
    />
  );
  return (
    <section class="forest" ref={box} onPointerDown={tools.use} onFocusIn={tools.use}>
      <div class="row head">
        <h2>
          Methods <span class="caption">{picture.caption}</span>
        </h2>
        <PictureTools picture={picture} tools={tools} asTable={null} />
      </div>
      <div class="scroll" role="region" tabIndex={0} aria-label="Methods">
        <table class="arms-forest" onKeyDown={gridKeys}>
          <thead>
            <tr>
              {head('title', 'Method')}
              {head('measure', measure.title)}
              <th scope="col" class="wide picture-cell">
                {seeds} seeds, {values.tick(values.min)}–{values.tick(values.max)}
              </th>
              {head('difference', 'Difference, pp')}
              <th scope="col" class="picture-cell">
                {summary.part === 'test' ? '95 % CI' : 'every seed'}
              </th>
              <th scope="col" class="token-cell">
                <span class="wide">Verdict</span>
                <span class="unseen narrow">Verdict</span>
              </th>
              {head('agreement', 'Agreement')}
              {head('ece', 'ECE')}
              {head('nll', 'NLL')}
              {head('parameters', 'Parameters')}
              {head('latency', 'Latency')}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => {
              const { arm, comparison } = row;
              const value = measure.of(arm, row.part);
              const look = comparison && verdictIcons[comparison.verdict];
              const first = row.experiment === null ? arm.seeds[0]?.folder : undefined;
              return (
                <tr key={row.key} class={comparison?.primary && row.experiment === null ? 'headline' : ''}>
                  <th scope="row">
                    {first === undefined ? (
                      <>
                        <Mark kind={arm.kind} /> {row.title}
                      </>
                    ) : (
                      <button
                        type="button"
                        class="cell"
                        title="Show its runs"
                        onClick={() => {
                          change({ run: first });
                        }}
                      >
                        <Mark kind={arm.kind} /> {row.title}
                      </button>
                    )}
                    {row.experiment !== null && <span class="aside"> {row.experiment}</span>}
                    {arm.role === 'confirmation' && <span class="aside"> fresh seeds</span>}
                    {arm.slug === summary.sweep?.winner && <span class="aside"> best on validation</span>}
                  </th>
                  <td>
                    {value ? bare(value.mean) : '–'}
                    {value && value.n > 1 && <span class="aside wide"> ± {bare(value.sd)}</span>}
                    {value && value.n !== seeds && <span class="aside"> n = {value.n}</span>}
                  </td>
                  <td class="wide picture-cell">
                    {cell(
                      <Strip
                        row={row}
                        axis={values}
                        width={STRIP}
                        y={ROW / 2}
                        palette={palette}
                        measure={state.measure}
                      />,
                      seedsSpoken(row, state.measure, bare),
                      STRIP,
                    )}
                  </td>
                  <td>{comparison && comparison.mean !== null ? points(comparison.mean, decimals) : '–'}</td>
                  <td class="picture-cell">
                    {cell(
                      <Interval
                        row={row}
                        axis={differences}
                        width={forest}
                        y={ROW / 2}
                        palette={palette}
                        height={ROW}
                      />,
                      intervalSpoken(row, decimals),
                      forest,
                    )}
                  </td>
                  <td class="token-cell">
                    {comparison && look && row.part === 'test' ? (
                      <>
                        <Icon name={look.icon} tone={look.tone} />{' '}
                        <span class="word">{comparison.verdict}</span>
                      </>
                    ) : (
                      '–'
                    )}
                  </td>
                  <td>{arm.agreement ? percentage(arm.agreement.mean, decimals) : '–'}</td>
                  <td>{arm.ece ? percentage(arm.ece.mean, 1) : '–'}</td>
                  <td>{arm.nll ? loss(arm.nll.mean) : '–'}</td>
                  <td>{arm.parameters === null ? '–' : count(arm.parameters)}</td>
                  <td>{arm.latencyMicroseconds === null ? '–' : latency(arm.latencyMicroseconds)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot aria-hidden="true">
            <tr>
              <td />
              <td />
              <td class="wide" />
              <td />
              <td class="picture-cell">
                <svg class="picture" width={forest} height={18} font-size={FONT_SIZE}>
                  {linearTicks(differences.min, differences.max, Math.max(3, Math.floor(forest / 44))).map(
                    (tick) => (
                      <Words key={tick} at={[x(tick), 8]} anchor="middle" ink={palette.muted}>
                        {differences.tick(tick)}
                      </Words>
                    ),
                  )}
                </svg>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      {rows.length > shown.length && (
        <button
          type="button"
          class="link"
          onClick={() => {
            setAll(true);
          }}
        >
          Show all {rows.length}
        </button>
      )}
    </section>
  );
}

function seedsSpoken(
  { arm, part }: ArmRow,
  measure: keyof typeof measures,
  say: (value: number) => string,
): string {
  const values = arm.seeds.flatMap((seed) => measures[measure].ofSeed(seed, part) ?? []);
  return values.length === 0 ? 'No seed is finished.' : `Seeds: ${values.map(say).join(', ')}.`;
}

function intervalSpoken({ arm, comparison }: ArmRow, decimals: number): string {
  if (arm.kind === 'scratch') return 'The baseline.';
  if (!comparison || comparison.mean === null) return 'No pair of seeds yet.';
  const { interval, mean, perSeed } = comparison;
  const range = interval
    ? `, ${Math.round(interval.level * 100)} % interval ${points(interval.low, decimals)} to ${points(interval.high, decimals)}`
    : '';
  const each = perSeed.map(({ difference }) => points(difference, decimals)).join(', ');
  return `Difference ${points(mean, decimals)}${range}; seeds ${each}.`;
}
