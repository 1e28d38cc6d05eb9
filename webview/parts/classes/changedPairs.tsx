import { helps } from '../../../src/results/classes/confusion';
import type { Classes } from '../../../src/messages';
import { fixed } from '../../../src/results/format';
import { useChartKit } from '../../chart/kit';
import { toCsv } from '../../chart/csv';
import { pairName } from '../../models/confusion';
import { IconButton, Icon } from '../shared/icon';
import { MOST_TINT } from './confusionPicture';

/** Of very many classes: the pairs whose counts distillation changed most. */
export function ChangedPairs(props: { experiment: string; classes: Classes; names: readonly string[] }) {
  const { classes, names } = props;
  const { post, palette } = useChartKit();
  const { changed, part, seeds } = classes;
  const decimals = seeds.length > 1 ? 1 : 0;
  const most = Math.max(...changed.map((one) => Math.abs(one.change)));
  const name = (index: number) => names[index] ?? String(index);
  const csv = () =>
    toCsv([
      ['true', 'predicted', 'scratch', 'distilled', 'change'],
      ...changed.map((one) => [name(one.truth), name(one.predicted), one.scratch, one.distilled, one.change]),
    ]);
  return (
    <section>
      <div class="row head">
        <h2>
          {changed.length} most changed pairs{' '}
          <span class="caption">
            {part} examples{seeds.length > 1 && `, mean of ${seeds.length} seeds`}
          </span>
        </h2>
        <IconButton
          icon="export"
          label="Export the pairs as CSV"
          onClick={() => {
            post({ type: 'saveText', name: `${props.experiment}-changed-pairs.csv`, text: csv() });
          }}
        />
      </div>
      <div class="scroll" role="region" tabIndex={0} aria-label="Most changed pairs">
        <table>
          <thead>
            <tr>
              <th scope="col">Pair</th>
              <th scope="col">Scratch</th>
              <th scope="col">Distilled</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((one) => {
              const helped = helps(one.truth, one.predicted, one.change);
              return (
                <tr key={`${one.truth} ${one.predicted}`}>
                  <th scope="row">{pairName(name(one.truth), name(one.predicted))}</th>
                  <td>{fixed(one.scratch, decimals)}</td>
                  <td>{fixed(one.distilled, decimals)}</td>
                  <td
                    style={{
                      background: `color-mix(in srgb, ${palette.line[helped ? 'teacher' : 'labels']} ${(100 * MOST_TINT * Math.abs(one.change)) / most}%, ${palette.background})`,
                    }}
                  >
                    {fixed(one.change, decimals, { signDisplay: 'exceptZero' })}{' '}
                    <Icon name={helped ? 'arrow-up' : 'arrow-down'} />
                    <span class="unseen">{helped ? 'helped' : 'hurt'}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
