import { fixed } from '../../src/results/format';
import { useState } from 'preact/hooks';
import type { Curves, Snapshot } from '../../src/messages';
import { Figure } from '../chart/figure';
import { isNumber } from '../chart/model';
import { useCursor } from '../cursor';
import { agreement, validationAccuracy } from '../models/evaluations';
import { gradientShare } from '../models/gradient';
import { shownOf } from '../models/curves';
import { trainingLoss } from '../models/training';
import { IconButton, Icon } from '../parts/shared/icon';
import { Menu } from '../parts/shared/menu';
import { Readout } from '../parts/losses/readout';
import { Segments } from '../parts/shared/segments';
import { Dropdown } from '../toolkit';
import type { View } from '../view';

const MOST_OVERLAYS = 4;

/** Is it learning from both? */
export function Losses({ view }: { view: View }) {
  const { snapshot, calm, state, change } = view;
  const cursor = useCursor(view);
  const smoothing = state.smoothing ?? snapshot.smoothing;
  const model = trainingLoss(snapshot, { ...state, smoothing });
  return (
    <>
      <div class="controls">
        <Segments
          label="Values"
          options={[
            { value: 'raw', title: 'Raw' },
            { value: 'weighted', title: 'Weighted' },
          ]}
          value={state.weighting}
          onChange={(weighting) => {
            change({ weighting });
          }}
        />
        <Segments
          label="Scale"
          options={[
            { value: 'linear', title: 'Linear' },
            { value: 'log', title: 'Log' },
          ]}
          value={state.lossScale}
          onChange={(lossScale) => {
            change({ lossScale });
          }}
        />
        <label class="slider">
          Smoothing
          <input
            type="range"
            min={0}
            max={0.99}
            step={0.01}
            value={smoothing}
            onInput={(event) => {
              change({ smoothing: Number(event.currentTarget.value) });
            }}
          />
          <output>{smoothing.toFixed(2)}</output>
        </label>
        <span class="field">
          <span aria-hidden="true">x</span>
          <Dropdown
            label="Unit of x"
            class="short"
            options={[
              { value: 'step', title: 'step' },
              { value: 'epoch', title: 'epoch' },
              { value: 'time', title: 'time' },
            ]}
            value={state.xUnit}
            onChange={(unit) => {
              if (unit === 'step' || unit === 'epoch' || unit === 'time') change({ xUnit: unit, zoom: {} });
            }}
          />
        </span>
        <Overlays view={view} />
      </div>
      <Readout
        snapshot={state.cursor === null && cursor.cursor === null ? calm : snapshot}
        state={state}
        cursor={cursor.cursor}
      />
      <Figure size="large" model={model} {...cursor} />
      <div class="charts three">
        <Figure size="small" model={gradientShare(snapshot, state.xUnit)} {...cursor} />
        <Figure size="small" model={validationAccuracy(snapshot, state.xUnit)} {...cursor} />
        <Figure size="small" model={agreement(snapshot, state.xUnit)} {...cursor} />
      </div>
      <Notes snapshot={calm} />
    </>
  );
}

function Overlays({ view }: { view: View }) {
  const { calm, state, change } = view;
  const [open, setOpen] = useState(false);
  const chosen = state.overlays.flatMap((id) => calm.runs.find((run) => run.id === id) ?? []);
  const others = calm.runs.filter(
    (run) => run.id !== calm.shown && !state.overlays.includes(run.id) && run.status !== 'queued',
  );
  return (
    <>
      {chosen.map((run) => (
        <span key={run.id} class="chip">
          <span class={`swatch dotted ${run.kind}`} aria-hidden="true" /> {run.title}
          <IconButton
            icon="close"
            label={`Remove ${run.title}`}
            onClick={() => {
              change({ overlays: state.overlays.filter((id) => id !== run.id) });
            }}
          />
        </span>
      ))}
      {others.length > 0 && chosen.length < MOST_OVERLAYS && (
        <Menu
          icon="add"
          label="Compare run…"
          text
          open={open}
          onOpen={setOpen}
          items={others.map((run) => ({
            title: run.title,
            run: () => {
              change({ overlays: [...state.overlays, run.id] });
            },
          }))}
        />
      )}
    </>
  );
}

/** Notes on what the lines do not show. */
function Notes({ snapshot }: { snapshot: Snapshot }) {
  const shown = shownOf(snapshot.curves);
  if (!shown) return null;
  const notes: string[] = [];
  if (snapshot.curves.some((c) => c.role === 'otherSeed')) notes.push('Thin lines: the other seeds.');
  if (Object.values(shown.terms).some(({ title }) => title.endsWith('KL')))
    notes.push('KL divergence can fall to 0; cross-entropy with soft targets cannot.');
  const cosine = shown.cosine.y.findLast(isNumber);
  if (cosine !== undefined) notes.push(cosineSentence(cosine, shown));
  const elsewhere = snapshot.curves.filter(
    (c) => c.role === 'overlay' && c.temperature !== null && c.temperature !== shown.temperature,
  );
  return (
    <div class="notes">
      <p>{notes.join(' ')}</p>
      {elsewhere.map((c) => (
        <p key={c.run}>
          <Icon name="info" /> {c.title} has another temperature: its loss is on another scale. Compare
          accuracy and agreement instead.
        </p>
      ))}
      <p>
        Click a chart to pin the cursor, Escape to release it. Drag up or down to zoom, double-click or 0 to
        reset.
      </p>
    </div>
  );
}

function cosineSentence(cosine: number, shown: Curves): string {
  const when = (shown.total.x.at(-1) ?? 0) >= shown.plannedSteps ? 'at the end' : 'now';
  const way =
    cosine > 0.1 ? 'partly agree' : cosine < -0.1 ? 'partly oppose each other' : 'are nearly orthogonal';
  return `The gradients of teacher and labels ${way} ${when} (cosine ${fixed(cosine, 2, { signDisplay: 'exceptZero' })}).`;
}
