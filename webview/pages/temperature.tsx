import { loss } from '../../src/results/format';
import { useMemo } from 'preact/hooks';
import type { Probe, Snapshot } from '../../src/messages';
import { effectiveClasses, klDivergence, softmax } from '../../src/results/temperature';
import { Figure } from '../chart/figure';
import {
  HIGHEST_T,
  LOWEST_T,
  highTemperatureLimit,
  likeliest,
  pairsOf,
  shareByTemperature,
  softTargets,
  softness,
} from '../models/temperature';
import { Examples } from '../parts/examples';
import { Segments } from '../parts/segments';
import { TemperatureSlider } from '../parts/temperatureSlider';
import type { View } from '../view';

/** What does T do? */
export function Temperature({ view }: { view: View }) {
  const { calm, state, change } = view;
  const { probes, temperature: run } = calm;
  const temperature = state.temperature ?? run.used ?? 1;
  const probe = probes.find((p) => p.row === state.example) ?? mostAmbiguous(probes);
  const pairs = useMemo(() => pairsOf(probes), [probes]);
  const byTemperature = useMemo(
    () => [softness(calm, pairs), shareByTemperature(calm, pairs), highTemperatureLimit(calm, pairs)],
    [pairs, calm.experiment, run.distillationWeight, run.studentWeight],
  );
  if (probes.length === 0)
    return (
      <p class="empty">
        {calm.shown === '' ? 'Nothing has been trained yet.' : 'This run kept no logits of examples.'}
      </p>
    );
  const set = (t: number) => {
    change({ temperature: Math.min(HIGHEST_T, Math.max(LOWEST_T, t)) });
  };
  return (
    <>
      <div class="columns soft">
        <Figure
          size="bars"
          model={softTargets(calm, probe, temperature, state.probabilityScale)}
          cursor={null}
          onCursor={null}
        >
          <div class="controls">
            <TemperatureSlider temperature={temperature} used={run.used} onChange={set} />
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
          {probe && (
            <p class="readout">
              <span>
                <span class="swatch hatched" aria-hidden="true" /> teacher
              </span>
              <span>
                <span class="swatch bar" aria-hidden="true" /> student
              </span>
            </p>
          )}
          {probe && <Sentence snapshot={calm} probe={probe} temperature={temperature} />}
        </Figure>
        <Examples
          snapshot={calm}
          chosen={probe}
          choose={(example) => {
            change({ example });
          }}
        />
      </div>
      <div class="charts three">
        {byTemperature.map((model) => (
          <Figure
            key={model.id}
            size="small"
            model={model}
            cursor={temperature}
            onCursor={(t, how) => {
              if (t !== null && how === 'keep') set(t);
            }}
          />
        ))}
      </div>
      <p class="notes">
        All four charts are computed from the logits of this run’s {probes.length} examples. Click a curve, or
        use its arrow keys, to move T.
      </p>
    </>
  );
}

/** The example on which the teacher hesitates most says most about temperature. */
function mostAmbiguous(probes: readonly Probe[]): Probe | null {
  const doubt = (probe: Probe) => (probe.teacher ? effectiveClasses(softmax(probe.teacher, 1)) : 0);
  return probes.reduce<Probe | null>(
    (best, probe) => (best && doubt(best) >= doubt(probe) ? best : probe),
    null,
  );
}

/** "The teacher says 2 31 %, 8 23 %, 3 11 % · 7.1 effective classes · T²·KL to the student 0.73" */
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
  const top = likeliest(soft);
  return (
    <p class="said">
      The teacher says{' '}
      {top.map((i, rank) => (
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
