import type { Probe, Snapshot } from '../../../src/messages';
import { loss } from '../../../src/results/format';
import { effectiveClasses, entropyBits, klDivergence, softmax } from '../../../src/results/temperature';
import { Figure } from '../../chart/figure';
import { likeliest, softTargets } from '../../models/softTargets';
import type { View } from '../../view';
import { Examples } from '../shared/examples';
import { RowForm } from './rowForm';
import { Segments } from '../shared/segments';
import { TemperatureSlider } from './temperatureSlider';
import { WrongClasses } from './wrongClasses';

/** One example at the chosen temperature: probabilities and order of the classes for each network. */
export function SoftTargets(props: {
  view: View;
  probe: Probe | null;
  /** The example is not there yet. */
  isReading: boolean;
  temperature: number;
  set: (t: number) => void;
}) {
  const { view, probe, isReading, temperature } = props;
  const { calm, state, change } = view;
  const choose = (example: number) => {
    change({ example });
  };
  const isProbe = calm.probes.some(({ row }) => row === state.example);
  return (
    <div class="columns soft">
      <Figure
        size="bars"
        model={softTargets(calm, probe, temperature, state.probabilityScale, isReading)}
        cursor={null}
        onCursor={null}
      >
        <div class="controls">
          <TemperatureSlider temperature={temperature} used={calm.temperature.used} onChange={props.set} />
          <Segments
            label="Scale of the probabilities"
            options={[
              { value: 'linear', title: 'Linear' },
              { value: 'log', title: 'Log' },
            ]}
            value={state.probabilityScale}
            onChange={(probabilityScale) => {
              change({ probabilityScale });
            }}
          />
        </div>
        {probe && <Key probe={probe} temperature={temperature} />}
        {probe && <Sentence snapshot={calm} probe={probe} temperature={temperature} />}
      </Figure>
      <Examples snapshot={calm} chosen={probe} choose={choose}>
        <RowForm example={calm.example} asked={isProbe ? null : state.example} ask={choose} />
        {probe && <WrongClasses probe={probe} name={(i) => calm.summary?.classes[i] ?? String(i)} />}
      </Examples>
    </div>
  );
}

const swatches = { teacher: 'hatched', student: 'bar', scratch: 'bar scratch' } as const;

/** Which bars are whose, and how soft each is. */
function Key({ probe, temperature }: { probe: Probe; temperature: number }) {
  return (
    <p class="readout">
      {(['teacher', 'student', 'scratch'] as const).map((who) => {
        const logits = probe[who];
        return (
          logits && (
            <span key={who}>
              <span class={`swatch ${swatches[who]}`} aria-hidden="true" /> {who}{' '}
              <b>{entropyBits(softmax(logits, temperature)).toFixed(2)}</b> bits
            </span>
          )
        );
      })}
    </p>
  );
}

/** "Teacher: 2 31 %, 8 23 %, 3 11 % · 7.1 effective classes · T²·KL to the student 0.73" */
function Sentence({
  snapshot,
  probe,
  temperature,
}: {
  snapshot: Snapshot;
  probe: Probe;
  temperature: number;
}) {
  const { teacher, student } = probe;
  if (!teacher) return <p class="said">The teacher’s logits of this example are not recorded.</p>;
  const soft = softmax(teacher, temperature);
  return (
    <p class="said">
      Teacher:{' '}
      {likeliest(soft).map((i, rank) => (
        <span key={i}>
          {rank > 0 && ', '}
          <b>{snapshot.summary?.classes[i] ?? i}</b> {(100 * (soft[i] ?? 0)).toFixed(0)} %
        </span>
      ))}
      {` · ${effectiveClasses(soft).toFixed(1)} effective classes`}
      {student &&
        ` · T²·KL to the student ${loss(temperature * temperature * klDivergence(teacher, student, temperature))}`}
    </p>
  );
}
