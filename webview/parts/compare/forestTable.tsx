import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { plural } from '../../../src/results/format';
import { labelledTicks } from '../../chart/axis';
import { useChartKit } from '../../chart/kit';
import type { ArmColumn, ArmRow } from '../../models/armRows';
import { differenceAxis, measureAxis } from '../../models/forest';
import { measures } from '../../models/measures';
import { FONT_SIZE } from '../../picture/picture';
import { PictureTools, usePicture } from '../../picture/tools';
import type { View } from '../../view';
import { gridKeys } from '../shared/gridKeys';
import { useWidth } from '../shared/width';
import { forestPicture } from './forestPicture';
import { type ForestLayout, ForestRow } from './forestRow';
import { AxisTexts } from './marks';
import { SortHead } from './sortHead';

/** Arms that are shown before more are asked for. */
const AT_FIRST = 60;

/** Narrowest and widest column of intervals; between, it gets the width that the other columns leave. */
const FOREST = { least: 118, most: 420 };

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
  const shown = all ? rows : rows.slice(0, AT_FIRST);
  const differences = differenceAxis(rows);
  const values = measureAxis(rows, state.measure);
  const picture = forestPicture(calm.experiment, rows, state.measure, examples);
  const tools = usePicture(picture, Math.max(width, 900));
  const table = useRef<HTMLTableElement>(null);
  // Icons and fonts that load later make the other columns wider: they are measured again.
  useWidth(table, 0);
  const [others, setOthers] = useState(0);
  const forest = Math.min(FOREST.most, Math.max(FOREST.least, Math.floor(width - others - 2)));
  const seeds = summary.planned.seeds;
  const layout: ForestLayout = {
    measure: state.measure,
    examples,
    seeds,
    winner: summary.sweep?.winner ?? null,
    values,
    differences,
    width: forest,
  };
  const [low, high] = labelledTicks(values, [values.min, values.max]);
  const head = (column: ArmColumn, name: string) => (
    <SortHead
      column={column}
      name={name}
      order={state.armOrder}
      sort={(armOrder) => {
        change({ armOrder });
      }}
    />
  );
  useLayoutEffect(() => {
    const now = (table.current?.offsetWidth ?? forest) - forest;
    // Fractions of a pixel are no reason to draw again.
    setOthers((before) => (Math.abs(now - before) > 2 ? now : before));
  });
  return (
    <section class="forest" ref={box} onPointerDown={tools.use} onFocusIn={tools.use}>
      <div class="row head">
        <h2>
          Methods <span class="caption">{picture.caption}</span>
        </h2>
        <PictureTools picture={picture} tools={tools} asTable={null} />
      </div>
      <div class="scroll" role="region" tabIndex={0} aria-label="Methods">
        <table class="arms-forest" ref={table} onKeyDown={gridKeys}>
          <thead>
            <tr>
              {head('title', 'Method')}
              {head('measure', measure.title)}
              <th scope="col" class="wide picture-cell">
                {plural(seeds, 'seed')}, {low!.text}–{high!.text}
              </th>
              {head('difference', 'Difference, pp')}
              <th scope="col" class="picture-cell">
                {summary.part === 'test' ? '95 % CI' : 'every seed'}
              </th>
              <th scope="col" class="token-cell">
                Verdict
              </th>
              {head('agreement', 'Agreement')}
              {head('ece', 'ECE')}
              {head('nll', 'NLL')}
              {head('parameters', 'Parameters')}
              {head('latency', 'Latency')}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <ForestRow
                key={row.key}
                row={row}
                layout={layout}
                show={(run) => {
                  change({ run });
                }}
              />
            ))}
          </tbody>
          <tfoot aria-hidden="true">
            <tr>
              <td />
              <td />
              <td class="wide" />
              <td />
              <td class="picture-cell">
                <svg class="picture" width={forest} height={18} font-size={FONT_SIZE}>
                  <AxisTexts axis={differences} width={forest} y={8} palette={palette} />
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
