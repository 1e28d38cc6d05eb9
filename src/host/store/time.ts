import { isWanted, shareDone, statusOf, type ExperimentView, type RunView } from './views';
import { median } from '../../sampleStatistics';

const planned = (view: ExperimentView) => (view.runnable ? view.runs.filter(isWanted) : view.runs);

/** Share of the plan's steps that are done, 0 to 1. */
export function planDone(view: ExperimentView): number {
  const runs = planned(view);
  const steps = runs.map((run) => Math.max(1, run.spec?.steps ?? 1));
  const all = steps.reduce((sum, n) => sum + n, 0);
  return all === 0 ? 0 : runs.reduce((sum, run, i) => sum + shareDone(run) * (steps[i] ?? 0), 0) / all;
}

/** Seconds until a running run ends; null until its pace is known. */
export const runLeft = (run: RunView): number | null =>
  statusOf(run) === 'running' && run.spec ? run.history.pace.secondsLeft(run.spec.steps) : null;

/**
 * Seconds until the whole plan is done; null if unknown. Waiting runs count with the median time of the finished ones (before
 * there is one, with that of the running ones), divided among the trainers that are active now.
 */
export function planLeft(view: ExperimentView): number | null {
  const runs = planned(view);
  const running = runs.filter((run) => statusOf(run) === 'running');
  if (running.length === 0) return null;
  const waiting = runs.filter((run) => statusOf(run) !== 'running' && statusOf(run) !== 'finished');
  const each = median(
    runs.flatMap((run) => (run.kind === 'teacher' ? [] : (run.result?.trainingSeconds ?? []))),
  );
  const whole = each ?? median(running.filter((run) => run.kind !== 'teacher').map(wholeTime));
  // A run that has just started has no pace yet: it counts as the others.
  const lefts = running.map((run) => runLeft(run) ?? (run.kind === 'teacher' ? null : each));
  if (lefts.includes(null) || (waiting.length > 0 && !whole)) return null;
  const left = lefts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return (left + waiting.length * (whole ?? 0)) / running.length;
}

const wholeTime = (run: RunView) => ((run.spec?.steps ?? 0) * (run.history.pace.perStep ?? 0)) / 1000;

/** Seconds of training in all finished runs, and when the newest event was (milliseconds); null before any. */
export function spent(view: ExperimentView): { runs: number; seconds: number; last: number } | null {
  const finished = planned(view).filter((run) => run.result !== null);
  const times = view.runs.flatMap((run) => run.state.time ?? []);
  if (finished.length === 0 || times.length === 0) return null;
  return {
    runs: finished.length,
    seconds: finished.reduce((sum, run) => sum + (run.result?.trainingSeconds ?? 0), 0),
    last: Math.max(...times),
  };
}
