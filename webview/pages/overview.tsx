import { count, plural } from '../../src/results/format';
import type { Summary } from '../../src/results/summary';
import { Figure } from '../chart/figure';
import { agreement, validationAccuracy } from '../models/evaluations';
import { trainingLoss } from '../models/training';
import { useCursor } from '../cursor';
import { ArmTable } from '../parts/overview/armTable';
import { GapScale } from '../parts/overview/gapScale';
import { ProgressBars } from '../parts/overview/progress';
import { ResultTable } from '../parts/overview/resultTable';
import { SeedTable } from '../parts/overview/seedTable';
import { SweepNote } from '../parts/overview/sweepNote';
import { Verdict } from '../parts/overview/verdict';
import { Button } from '../toolkit';
import { nothingYet, type View } from '../view';

/** Did it work? */
export function Overview({ view }: { view: View }) {
  const { calm, snapshot, state } = view;
  const { summary } = calm;
  const cursor = useCursor(view);
  if (calm.state === 'empty') return <Nothing view={view} />;
  if (!summary)
    return (
      <>
        <ProgressBars snapshot={calm} />
        <p class="empty">Results appear with the first evaluation.</p>
      </>
    );
  const primary = summary.comparisons.find((c) => c.primary) ?? null;
  const distilled = summary.arms.find((arm) => arm.slug === primary?.arm) ?? summary.arms[0];
  const loss = {
    weighting: state.weighting,
    lossScale: state.lossScale,
    xUnit: state.xUnit,
    smoothing: state.smoothing ?? snapshot.smoothing,
  };
  return (
    <>
      {primary && <Verdict view={view} comparison={primary} />}
      {distilled && <Gap summary={summary} slug={distilled.slug} gapClosed={primary?.gapClosed ?? null} />}
      <div class="columns">
        {distilled && <ResultTable summary={summary} distilled={distilled} />}
        <div>
          <ProgressBars snapshot={calm} />
          {distilled && (
            <SeedTable
              snapshot={calm}
              summary={summary}
              distilled={distilled}
              comparison={primary}
              show={(run) => {
                view.change({ run });
              }}
            />
          )}
          <Facts view={view} summary={summary} />
        </div>
      </div>
      {summary.sweep && <SweepNote view={view} summary={summary} sweep={summary.sweep} />}
      <ArmTable summary={summary} />
      <div class="charts three">
        <Figure
          size="small"
          model={{
            ...trainingLoss(snapshot, loss),
            title: 'Loss',
            caption: `training, ${state.weighting}, nats, ${state.lossScale} scale`,
          }}
          {...cursor}
        />
        <Figure size="small" model={validationAccuracy(snapshot, state.xUnit)} {...cursor} />
        <Figure size="small" model={agreement(snapshot, state.xUnit)} {...cursor} />
      </div>
    </>
  );
}

const Nothing = ({ view }: { view: View }) => (
  <section class="nothing">
    <p>{view.calm.summary?.description ?? 'A large model teaches a small one.'}</p>
    {!(view.calm.trusted && view.calm.summary?.description) && <p>{nothingYet(view.calm)}</p>}
    <Button
      primary
      icon="play"
      disabled={!view.calm.trusted}
      onClick={() => {
        view.command('run');
      }}
    >
      {view.calm.missingRuns > 0 ? `Run ${plural(view.calm.missingRuns, 'training')}` : 'Run'}
    </Button>
  </section>
);

function Gap({ summary, slug, gapClosed }: { summary: Summary; slug: string; gapClosed: number | null }) {
  const { part, planned } = summary;
  const distilled = summary.arms.find((arm) => arm.slug === slug)?.[part];
  const scratch = summary.scratch?.[part];
  const teacher = summary.teacher?.[part];
  if (!distilled || !scratch || !teacher) return null;
  const caption =
    part === 'test'
      ? 'test accuracy'
      : `validation accuracy, provisional: ${Math.min(distilled.n, scratch.n)} of ${planned.seeds} seeds`;
  return (
    <GapScale
      scratch={scratch.mean}
      distilled={distilled.mean}
      teacher={teacher.mean}
      gapClosed={gapClosed}
      examples={summary.examples[part]}
      caption={caption}
    />
  );
}

function Facts({ view, summary }: { view: View; summary: Summary }) {
  const { examples, engine } = summary;
  const { where, data } = view.calm;
  const set = [
    `${data === null ? '' : `${data}, `}${count(examples.labelled)} labelled`,
    examples.train > examples.labelled ? `${count(examples.train - examples.labelled)} unlabelled` : null,
    `validation ${count(examples.validation)}`,
    `test ${count(examples.test)}`,
  ];
  return (
    <dl class="facts">
      {engine && (
        <>
          <dt>Engine</dt>
          <dd>
            {engine.name} <span class="aside">{engine.why}</span>{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                view.open('run');
              }}
            >
              {/^(native|gpu)/.test(engine.name) ? 'Details' : 'Why not native?'}
            </button>
          </dd>
        </>
      )}
      {where !== null && (
        <>
          <dt>Where</dt>
          <dd>{where}</dd>
        </>
      )}
      <dt>Examples</dt>
      <dd>{set.filter(Boolean).join(' · ')}</dd>
    </dl>
  );
}
