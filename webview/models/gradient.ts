import type { Curves, Snapshot } from '../../src/messages';
import type { ChartModel, ChartSeries } from '../chart/model';
import { isNumber } from '../chart/model';
import type { PageState } from '../state';
import { shownOf, termOf } from './curves';
import { plannedEnd, stepAxis, unitOf } from './steps';

const isOfLabels = (curves: Curves, term: string) => termOf(curves, term).hue === 'labels';

/** Share of the terms that are not of the labels in the sum of the norms of the weighted terms' gradients, 0–1, by step. */
export function teacherShare(curves: Curves): { x: number[]; y: (number | null)[] } {
  const terms = Object.entries(curves.gradient);
  const x = terms[0]?.[1].x ?? [];
  return {
    x,
    y: x.map((_, i) => {
      let taught = 0;
      let all = 0;
      for (const [term, line] of terms) {
        const norm = line.y[i];
        if (!isNumber(norm)) return null;
        all += norm;
        if (!isOfLabels(curves, term)) taught += norm;
      }
      return all > 0 ? taught / all : null;
    }),
  };
}

export function gradientShare(snapshot: Snapshot, xUnit: PageState['xUnit']): ChartModel {
  const shown = shownOf(snapshot.curves);
  const terms = shown ? Object.keys(shown.gradient) : [];
  const nameOf = (ofLabels: boolean, several: string) => {
    const names = terms.filter((term) => shown && isOfLabels(shown, term) === ofLabels);
    return names.length > 1 ? several : (names[0] ?? '');
  };
  const [labels, others] = [nameOf(true, 'labels'), nameOf(false, 'teacher')];
  const share = shown ? teacherShare(shown) : { x: [], y: [] };
  const x = shown ? share.x.map(unitOf(shown, xUnit)) : [];
  const taught = share.y.map((value) => (value === null ? null : value * 100));
  const series: ChartSeries[] = [
    {
      x,
      y: taught.map((value) => (value === null ? null : 100)),
      values: taught.map((value) => (value === null ? null : 100 - value)),
      name: labels,
      label: labels,
      hue: 'labels',
      dash: 'dashed',
      rank: 'main',
    },
    {
      x,
      y: taught,
      name: others,
      label: others,
      hue: 'teacher',
      dash: 'solid',
      rank: 'main',
      fill: { below: 'teacher', above: 'labels' },
    },
  ];
  const format = (value: number) => value.toFixed(0);
  const last = taught.findLast(isNumber);
  const single = terms.length > 0 && (labels === '' || others === '');
  return {
    id: 'gradient',
    title: 'Share of the gradient',
    caption: '‖weighted term‖, % of sum',
    fileName: `${snapshot.experiment}-gradient`,
    x: stepAxis(shown ? plannedEnd(shown, xUnit) : 1, xUnit),
    y: { scale: 'linear', min: 0, max: 100, ticks: [0, 25, 50, 75, 100], tick: String, format },
    series: single ? [] : series,
    levels: [],
    failures: [],
    empty: single
      ? 'All loss terms of this run come from one source, which has all of the gradient.'
      : x.length === 0
        ? 'No gradient has been measured yet.'
        : null,
    spoken:
      last === undefined
        ? 'No values yet.'
        : `Newest: ${others} ${format(last)} %, ${labels} ${format(100 - last)} %.`,
  };
}
