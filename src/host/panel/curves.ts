import type { Curves } from '../../messages';
import { BoundedSeries, type Points } from '../store/boundedSeries';
import { runTitle, type RunView } from '../store/views';
import { termsOfRun } from '../../methods/ofRun';
import type { Role } from './selection';

/** Background runs are sent to the page with fewer points, except their evaluations. */
const BACKGROUND_POINTS = 100;

export function curvesOf(run: RunView, role: Role): Curves {
  const { history, spec } = run;
  const lines = history.lines();
  const inFull = role === 'shown' || role === 'overlay';
  const fit = (points: Points) => (inFull ? points : reduce(points, BACKGROUND_POINTS));
  const fitAll = (family: Record<string, Points>) =>
    Object.fromEntries(Object.entries(family).map(([term, points]) => [term, fit(points)]));
  const total = fit(lines.total);
  const secondsAt = new Map(lines.seconds.x.map((x, i) => [x, lines.seconds.y[i] ?? 0]));
  const { end } = history;
  return {
    run: run.id,
    title: runTitle(run),
    role,
    kind: run.kind,
    seed: run.seed,
    temperature: temperatureOf(run),
    plannedSteps: spec?.steps ?? history.step,
    stepsPerEpoch: history.epoch > 0 ? Math.max(1, Math.round(history.step / history.epoch)) : 1,
    startTime: history.startTime,
    terms: spec ? termsOfRun(spec.method) : {},
    raw: fitAll(lines.raw),
    weighted: fitAll(lines.weighted),
    total,
    learningRate: fit(lines.learningRate),
    seconds: { x: total.x, y: total.x.map((x) => secondsAt.get(x) ?? 0) },
    gradient: fitAll(lines.gradient),
    cosine: fit(lines.cosine),
    trainAccuracy: lines.trainAccuracy,
    validationAccuracy: lines.validationAccuracy,
    validationLoss: lines.validationLoss,
    agreement: lines.agreement,
    failedAt: end?.status === 'failed' && end.cause === 'nan' ? end.step : null,
  };
}

export function temperatureOf(run: RunView): number | null {
  const temperature = run.spec?.method.parameters['temperature'];
  return typeof temperature === 'number' ? temperature : null;
}

function reduce({ x, y }: Points, most: number): Points {
  if (x.length <= most) return { x, y };
  const series = new BoundedSeries(most);
  x.forEach((at, i) => series.add(at, y[i] ?? Number.NaN));
  return series.line();
}
