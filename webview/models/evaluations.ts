import { decimalsFor, fixed, percentage } from '../../src/results/format';
import type { Curves, Line, Snapshot } from '../../src/messages';
import { type ChartModel, type ChartSeries, isNumber } from '../chart/model';
import type { PageState } from '../state';
import { dashOf, hueOf, asPercent, rankOf, shownOf } from './curves';
import { inUnit, plannedEnd, stepAxis } from './steps';

/**
 * The lowest accuracy that charts show, in %: from results that stand (the teacher's, finished arms'), never from a
 * running line, so that nothing jumps while it is watched.
 */
export function accuracyFloor(snapshot: Snapshot): number {
  const arms = [snapshot.summary?.scratch, ...(snapshot.summary?.arms ?? [])];
  const standing = [snapshot.teacherAccuracy, ...arms.map((arm) => arm?.validation?.mean)].filter(isNumber);
  const lowest = standing.length === 0 ? 0 : Math.min(...standing);
  return lowest >= 0.82 ? 70 : lowest >= 0.65 ? 50 : 0;
}

interface Kind {
  id: string;
  title: string;
  caption: string;
  of: (curves: Curves) => Line;
  withTeacher: boolean;
}

const title = { distilled: 'distilled', scratch: 'scratch', teacher: 'teacher' };

function evaluationChart(
  snapshot: Snapshot,
  kind: Kind,
  xUnit: PageState['xUnit'],
  examples: number,
): ChartModel {
  const shown = shownOf(snapshot.curves);
  const order = { otherSeed: 0, overlay: 1, counterpart: 2, shown: 3 };
  const series = [...snapshot.curves]
    .sort((a, b) => order[a.role] - order[b.role])
    .filter((c) => kind.of(c).x.length > 0)
    .map((c): ChartSeries => {
      const line = asPercent(inUnit(kind.of(c), c, xUnit));
      const named = c.role === 'shown' || c.role === 'counterpart';
      return {
        x: line.x,
        y: line.y,
        name: named ? title[c.kind] : c.title,
        label: named ? title[c.kind] : c.role === 'overlay' ? overlayLabel(c, shown) : null,
        hue: hueOf(c.kind),
        dash: dashOf(c),
        rank: rankOf(c.role),
      };
    });
  const teacher = kind.withTeacher && shown?.kind !== 'teacher' ? snapshot.teacherAccuracy : null;
  const format = (value: number) => percentage(value / 100, decimalsFor(examples));
  return {
    id: kind.id,
    title: kind.title,
    caption: kind.caption,
    fileName: `${snapshot.experiment}-${kind.id}`,
    x: stepAxis(shown ? plannedEnd(shown, xUnit) : 1, xUnit),
    y: { scale: 'linear', min: accuracyFloor(snapshot), max: 100, tick: fixed, format },
    series,
    levels:
      teacher === null
        ? []
        : [{ y: teacher * 100, label: `teacher ${format(teacher * 100)}`, dash: 'dotted', hue: 'neutral' }],
    failures: [],
    empty: series.length === 0 ? 'No evaluation yet.' : null,
    spoken: spoken(series, format, teacher),
  };
}

function overlayLabel(curves: Curves, shown: Curves | null): string {
  if (curves.kind === 'scratch') return `scratch, seed ${curves.seed}`;
  const other = curves.temperature !== null && curves.temperature !== shown?.temperature;
  return other ? `T ${curves.temperature}` : `seed ${curves.seed}`;
}

function spoken(
  series: readonly ChartSeries[],
  format: (value: number) => string,
  teacher: number | null,
): string {
  const parts = series
    .filter((s) => s.rank === 'main')
    .flatMap((s) => {
      const last = s.y.findLast(isNumber);
      return last === undefined ? [] : [`${s.name} ${format(last)} %`];
    });
  if (teacher !== null) parts.push(`teacher ${format(teacher * 100)} %`);
  return parts.length === 0 ? 'No values yet.' : `Newest: ${parts.join(', ')}.`;
}

export const validationAccuracy = (snapshot: Snapshot, xUnit: PageState['xUnit']): ChartModel =>
  evaluationChart(
    snapshot,
    {
      id: 'accuracy',
      title: 'Validation accuracy',
      caption: '%',
      of: (c) => c.validationAccuracy,
      withTeacher: true,
    },
    xUnit,
    snapshot.summary?.examples.validation ?? 100,
  );

export const agreement = (snapshot: Snapshot, xUnit: PageState['xUnit']): ChartModel =>
  evaluationChart(
    snapshot,
    {
      id: 'agreement',
      title: 'Agreement with teacher',
      caption: 'validation, top-1, %',
      of: (c) => c.agreement,
      withTeacher: false,
    },
    xUnit,
    snapshot.summary?.examples.validation ?? 100,
  );
