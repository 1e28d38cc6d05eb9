import { count, loss, plain } from '../../../src/results/format';
import type { Snapshot } from '../../../src/messages';
import { type ChartSeries, valueAt } from '../../chart/model';
import { shownOf } from '../../models/curves';
import { stepAt } from '../../models/steps';
import { trainingLoss } from '../../models/training';
import type { PageState } from '../../state';

/** The numbers at the cursor, or the newest ones, in one line, so that nothing covers the data. */
export function Readout(props: { snapshot: Snapshot; state: PageState; cursor: number | null }) {
  const { snapshot, state, cursor } = props;
  const shown = shownOf(snapshot.curves);
  if (!shown || shown.total.x.length === 0) return null;
  const smoothing = state.smoothing ?? snapshot.smoothing;
  const lines = trainingLoss(snapshot, { ...state, smoothing }).series.filter((s) => s.rank === 'main');
  const step = cursor === null ? (shown.total.x.at(-1) ?? 0) : Math.round(stepAt(shown, state.xUnit, cursor));
  const rate: ChartSeries = {
    ...shown.learningRate,
    name: '',
    hue: 'neutral',
    dash: 'solid',
    rank: 'main',
    label: null,
  };
  const learningRate = valueAt(rate, step);
  return (
    <p class="readout" data-step={step}>
      <span>
        step <b>{count(step)}</b>
      </span>
      <span>
        epoch <b>{(step / shown.stepsPerEpoch).toFixed(1)}</b>
      </span>
      {lines.map((series) => {
        const value = valueAt(series, cursor);
        return (
          <span key={series.name} data-series={series.name} data-value={value ?? ''}>
            <span class={`swatch ${series.dash} ${series.hue}`} aria-hidden="true" />
            {series.label ?? series.name} <b>{value === null ? '–' : loss(value)}</b>
          </span>
        );
      })}
      {learningRate !== null && (
        <span>
          learning rate <b>{formatRate(learningRate)}</b>
        </span>
      )}
    </p>
  );
}

/** Two digits; very small ones, as at the end of a cosine, with their power of ten. */
const formatRate = (rate: number) =>
  rate !== 0 && rate < 1e-4
    ? rate.toExponential(1).replace('-', '−')
    : plain(Number(rate.toPrecision(2)), 12);
