import { useEffect, useMemo } from 'preact/hooks';
import type { Probe } from '../../src/messages';
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
  const { probes, temperature: run, laboratory } = calm;
  const temperature = state.temperature ?? run.used ?? 1;
  const doubtful = mostAmbiguous(probes);
  const probe = probes.find(({ row }) => row === (state.example ?? doubtful?.row)) ?? null;
  // Scratch saves its own examples while it trains: its prediction for this one is read from its saved predictions.
  const lacking = probe?.scratch === null && laboratory !== null ? probe.row : null;
  const asked = probe === null ? state.example : lacking;
  useEffect(() => {
    post({ type: 'example', row: asked });
  }, [asked]);
  const measured = useMemo(() => laboratory?.measured ?? measuredOf(probes), [laboratory, probes]);
  if (probes.length === 0 && measured === null)
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
        probe={exampleShown(calm, probe?.row ?? state.example) ?? doubtful}
        temperature={temperature}
        set={set}
      />
      {measured && <OverExamples view={view} measured={measured} temperature={temperature} set={set} />}
      {laboratory && <WhichTemperature view={view} laboratory={laboratory} />}
    </>
  );
}

/** The example with the least certain teacher shows most about temperature. */
function mostAmbiguous(probes: readonly Probe[]): Probe | null {
  const doubt = (probe: Probe) => (probe.teacher ? effectiveClasses(softmax(probe.teacher, 1)) : 0);
  return probes.reduce<Probe | null>(
    (best, probe) => (best && doubt(best) >= doubt(probe) ? best : probe),
    null,
  );
}
