import { useMemo } from 'preact/hooks';
import { count, fixed } from '../../../src/results/format';
import type { Measured } from '../../../src/results/laboratory/measure';
import { Figure } from '../../chart/figure';
import { cachingError, cachingSentence } from '../../models/caching';
import { gradientNorms, shareByTemperature } from '../../models/gradientByTemperature';
import { highTemperatureLimit, matchingByTemperature } from '../../models/matching';
import { massOnTrueClass, softness } from '../../models/softness';
import type { View } from '../../view';

/** What T does over many examples. Every chart has the same axis and the same cursor, which is T. */
export function OverExamples(props: {
  view: View;
  measured: Measured;
  temperature: number;
  set: (t: number) => void;
}) {
  const { measured, temperature, set } = props;
  const { calm } = props.view;
  const { experiment, laboratory } = calm;
  const { balance } = calm.temperature;
  const matching = laboratory?.matching ?? null;
  const models = useMemo(() => {
    const by = { experiment, measured };
    return [
      softness(by),
      ...(balance ? [shareByTemperature(by, balance)] : []),
      highTemperatureLimit(by),
      massOnTrueClass(by),
      gradientNorms(by),
      cachingError(by),
      ...(matching ? [matchingByTemperature(experiment, matching)] : []),
    ];
  }, [measured, matching, experiment, balance?.distillationWeight, balance?.studentWeight]);
  const { used, of } = measured.examples;
  const { student, scratch } = measured.order;
  const whose = laboratory?.measured ? 'validation examples' : 'examples that this run has saved so far';
  return (
    <>
      <div class="charts three">
        {models.map((model) => (
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
      <div class="notes">
        <p>
          Computed from the logits of {used < of ? `${count(used)} of the ${count(of)}` : count(of)} {whose}.
          Click a curve, or use its arrow keys, to move T.
        </p>
        {!balance && (
          <p>
            This run’s method does not use T²·KL itself: the curves show how plain soft targets would behave
            with its teacher and student.
          </p>
        )}
        <p>{cachingSentence(measured, temperature)}</p>
        <p>
          Agreement with the teacher on the order of the wrong classes (mean Kendall τ; 1 is the same order):
          student {fixed(student, 2)}
          {scratch !== null && `, scratch ${fixed(scratch, 2)}`}.
        </p>
      </div>
    </>
  );
}
