import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Probe, Snapshot } from '../../src/messages';
import { HIGHEST_T, LOWEST_T } from '../../src/results/laboratory/grid';
import { effectiveClasses, softmax } from '../../src/results/temperature';
import { exampleShown, measuredOf } from '../models/examples';
import { OverExamples } from '../parts/temperature/overExamples';
import { SoftTargets } from '../parts/temperature/softTargets';
import { WhichTemperature } from '../parts/temperature/whichTemperature';
import { nothingYet, type View } from '../view';

/** What does T do? */
export function Temperature({ view }: { view: View }) {
  const { calm, state, change, post } = view;
  const { probes, temperature: run, laboratory, laboratoryRead } = calm;
  const temperature = state.temperature ?? run.used ?? 1;
  const doubtful = mostAmbiguous(probes);
  const probe = probes.find(({ row }) => row === (state.example ?? doubtful?.row)) ?? null;
  // Scratch saves its own examples while it trains: its prediction for this one is read from its saved predictions.
  const lacking = probe?.scratch === null && laboratory !== null ? probe.row : null;
  const asked = probe === null ? state.example : lacking;
  useEffect(() => {
    post({ type: 'example', row: asked });
  }, [asked]);
  // The few examples that the run saved while it trained are shown only where its predictions have not been saved.
  const measured = useMemo(
    () => (laboratoryRead ? (laboratory?.measured ?? measuredOf(probes)) : null),
    [laboratory, laboratoryRead, probes],
  );
  const previous = useRef<Probe | null>(null);
  const shown = exampleShown(calm, probe?.row ?? state.example);
  const isReading = shown === null && isExpected(calm, state.example);
  previous.current = shown ?? (isReading ? previous.current : doubtful);
  if (probes.length === 0 && measured === null && laboratoryRead)
    return (
      <p class="empty">{calm.shown === '' ? nothingYet(calm) : 'This run saved no logits of examples.'}</p>
    );
  const set = (t: number) => {
    change({ temperature: Math.min(HIGHEST_T, Math.max(LOWEST_T, t)) });
  };
  return (
    <>
      <SoftTargets
        view={view}
        probe={previous.current}
        isReading={isReading}
        temperature={temperature}
        set={set}
      />
      {!laboratoryRead && (
        <p class="empty" role="status">
          Reading the predictions on the validation examples…
        </p>
      )}
      {measured && <OverExamples view={view} measured={measured} temperature={temperature} set={set} />}
      {laboratory && <WhichTemperature view={view} laboratory={laboratory} />}
    </>
  );
}

/** Whether the row that was asked for is still being read. */
const isExpected = ({ example, summary }: Snapshot, row: number | null): boolean =>
  row !== null &&
  summary !== null &&
  (example?.row !== row || (example.found === null && example.problem === null));

/** The example with the least certain teacher shows most about temperature. */
function mostAmbiguous(probes: readonly Probe[]): Probe | null {
  const doubt = (probe: Probe) => (probe.teacher ? effectiveClasses(softmax(probe.teacher, 1)) : 0);
  return probes.reduce<Probe | null>(
    (best, probe) => (best && doubt(best) >= doubt(probe) ? best : probe),
    null,
  );
}
