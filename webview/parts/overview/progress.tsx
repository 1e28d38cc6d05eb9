import { count, remaining } from '../../../src/results/format';
import type { Progress, Snapshot } from '../../../src/messages';

const percent = (progress: Progress) =>
  progress.steps > 0 ? Math.min(100, (100 * progress.step) / progress.steps) : 0;

/** What trains at this moment, a bar each. */
export const ProgressBars = ({ snapshot }: { snapshot: Snapshot }) => (
  <>
    {snapshot.progress.map((progress, i) => (
      <section key={progress.run} class="progress">
        <div class="row">
          <h3>{progress.title}</h3>
          <span class="aside">
            {`${progress.epochs > 0 ? `epoch ${count(Math.ceil(progress.epoch))} of ${count(progress.epochs)} · ` : ''}step ${count(progress.step)} of ${count(progress.steps)}`}
          </span>
        </div>
        <div
          class="bar"
          role="progressbar"
          aria-label={progress.title}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(percent(progress))}
        >
          <span style={{ width: `${percent(progress)}%` }} />
        </div>
        <p class="aside">
          {[
            `${Math.floor(percent(progress))} %`,
            progress.left === null ? null : `${remaining(progress.left)} left for this run`,
            i === 0 && snapshot.planLeft !== null ? `${remaining(snapshot.planLeft)} for the plan` : null,
            progress.examplesPerSecond === null
              ? null
              : `${count(Math.round(progress.examplesPerSecond))} examples/s`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </section>
    ))}
  </>
);
