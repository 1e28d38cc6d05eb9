import { describe, expect, test } from 'vitest';
import { chartCsv, toCsv } from '../../../webview/chart/csv';
import { labelsOf } from '../../../webview/chart/lineLabels';
import { textWidth } from '../../../webview/chart/textWidth';
import { type ChartModel, valueAt } from '../../../webview/chart/model';
import { cursorAfter, nearest, zoomed } from '../../../webview/chart/steering';
import { toSvg } from '../../../webview/chart/svg';
import { accuracyFloor, agreement, validationAccuracy } from '../../../webview/models/evaluations';
import { gradientShare } from '../../../webview/models/gradient';
import { resultsCsv } from '../../../webview/models/resultsCsv';
import { plannedEnd, stepAt, unitOf } from '../../../webview/models/steps';
import { trainingLoss } from '../../../webview/models/training';
import { pixelsOf } from '../../../webview/parts/shared/pixels';
import type { Palette } from '../../../webview/theme';
import { empty, failed, finished, overlay, running } from '../../fixtures/snapshots';

const view = { weighting: 'raw', lossScale: 'log', xUnit: 'step', smoothing: 0.9 } as const;
const area = { left: 40, right: 500, top: 10, bottom: 210 };
const colours = { teacher: '#0000ff', labels: '#ff8800', neutral: '#111111' };
const palette: Palette = {
  line: colours,
  text: colours,
  foreground: '#111111',
  muted: '#555555',
  grid: '#dddddd',
  cursor: '#999999',
  background: '#ffffff',
  error: '#ff0000',
  font: 'sans-serif',
  ink: [0, 0, 0],
  highContrast: false,
};

describe('the training loss', () => {
  test('has both terms raw under their smoothed lines, and their sum', () => {
    const { series, x } = trainingLoss(finished(), view);
    expect(series.map((s) => `${s.name} ${s.rank} ${s.hue} ${s.dash}`)).toEqual([
      'distillation, unsmoothed raw teacher solid',
      'distillation main teacher solid',
      'student, unsmoothed raw labels solid',
      'student main labels dashed',
      'total main neutral solid',
    ]);
    expect(series[0]!.y).toEqual(finished().curves[0]!.raw.distillation!.y);
    expect([x.min, x.max]).toEqual([0, 560]);
  });

  test('goes to the planned end while it runs, and shows no faint line where nothing is smoothed', () => {
    const model = trainingLoss(running(100), { ...view, smoothing: 0 });
    expect(model.x.max).toBe(560);
    expect(model.series.every((s) => s.rank !== 'raw')).toBe(true);
  });

  test('names another temperature on an overlaid run', () => {
    const snapshot = finished();
    const [line] = trainingLoss({ ...snapshot, curves: [...snapshot.curves, overlay] }, view).series;
    expect(line).toMatchObject({ rank: 'overlay', dash: 'dotted', label: 'distillation, T 1' });
  });

  test('marks where a run failed, and speaks of where the losses went', () => {
    const model = trainingLoss(failed(), view);
    expect(model.failures).toEqual([{ x: 37, label: 'failed at step 37' }]);
    expect(toSvg(model, { width: 600, height: 240, area, cursor: null }, palette)).toContain(
      'failed at step 37',
    );
    expect(trainingLoss(finished(), view).spoken).toMatch(
      /^distillation falls from 1\d\.\d to 0\.2\d+, student falls/,
    );
  });

  test('keeps the scale to the lines that are read: zero and not-a-number do not stretch it', () => {
    const snapshot = finished();
    const line = snapshot.curves[0]!.raw.student!;
    line.y[5] = 0;
    line.y[6] = null;
    const { y } = trainingLoss(snapshot, view);
    expect(y.min).toBeGreaterThan(0.005);
    expect(y.max).toBeGreaterThan(10);
  });

  test('says so when there is nothing', () => {
    expect(trainingLoss(empty(), view).empty).toBe('Nothing has been trained yet.');
    const none = { x: [], y: [] };
    const snapshot = running(1);
    const [shown] = snapshot.curves;
    snapshot.curves = [{ ...shown!, raw: { student: none }, total: none }];
    expect(trainingLoss(snapshot, view).empty).toMatch(/^No steps yet/);
  });
});

describe('evaluations', () => {
  test('accuracy has the teacher as a level, seeds behind and the run shown in front', () => {
    const { series, levels } = validationAccuracy(finished(), 'step');
    expect(levels).toMatchObject([{ y: 97, dash: 'dotted' }]);
    expect(series.slice(0, 8).every((s) => s.rank === 'seed' && s.label === null)).toBe(true);
    expect(series.slice(-2).map((s) => s.name)).toEqual(['scratch', 'distilled']);
  });

  test('the floor comes from results that stand, not from a running line', () => {
    expect(accuracyFloor(running(1))).toBe(accuracyFloor(running(500)));
    expect(accuracyFloor({ ...empty(), teacherAccuracy: 0.97 })).toBe(70);
    expect(accuracyFloor({ ...empty(), teacherAccuracy: 0.7 })).toBe(50);
    expect(accuracyFloor(empty())).toBe(0);
  });

  test('agreement without a teacher’s level', () => {
    expect(agreement(finished(), 'step').levels).toEqual([]);
  });
});

describe('the share of the gradient', () => {
  test('adds up to 100 and labels say each term’s own share', () => {
    const [student, distillation] = gradientShare(finished(), 'step').series;
    student!.values!.forEach((value, i) => expect(value! + distillation!.y[i]!).toBeCloseTo(100, 9));
    expect(student!.y.every((y) => y === 100)).toBe(true);
  });

  test('is not drawn where all terms come from one source', () => {
    const snapshot = finished();
    snapshot.curves = [{ ...snapshot.curves[1]!, role: 'shown' }];
    const { series, empty: said } = gradientShare(snapshot, 'step');
    expect(series).toEqual([]);
    expect(said).toContain('one source');
  });
});

test('a step in epochs or seconds is found again', () => {
  const [curves] = finished().curves;
  for (const unit of ['step', 'epoch', 'time'] as const)
    for (const step of [1, 20, 300, 560])
      expect(Math.round(stepAt(curves!, unit, unitOf(curves!, unit)(step)))).toBe(step);
  expect(plannedEnd(running(200).curves[0]!, 'time')).toBeCloseTo(560 * 0.0055, 9);
});

describe('the cursor', () => {
  const xs = [1, 2, 4, 8];
  test('goes by keys', () => {
    expect(cursorAfter('ArrowRight', false, null, xs)).toBe(1);
    expect(cursorAfter('ArrowLeft', false, null, xs)).toBe(8);
    expect(cursorAfter('ArrowRight', false, 2, xs)).toBe(4);
    expect(cursorAfter('ArrowRight', true, 2, xs)).toBe(8);
    expect(cursorAfter('Home', false, 4, xs)).toBe(1);
    expect(cursorAfter('x', false, 4, xs)).toBeUndefined();
    expect(cursorAfter('Home', false, null, [])).toBeUndefined();
  });

  test('stands on a point', () => {
    expect([0, 2.9, 3.1, 99].map((x) => nearest(xs, x))).toEqual([1, 2, 4, 8]);
    expect(nearest([], 1)).toBeNull();
  });

  test('reads nothing beyond the end of a line', () => {
    const series = { ...trainingLoss(running(100), view).series[1]! };
    expect(valueAt(series, 100)).toBe(series.y[99]);
    expect(valueAt(series, 300)).toBeNull();
    expect(valueAt(series, null)).toBe(series.y[99]);
  });
});

test('zooming keeps a value in place and halves what is around it', () => {
  const axis = { scale: 'linear', min: 0, max: 10, tick: String } as const;
  expect(zoomed(axis, 0.5, 2)).toEqual([1, 6]);
  const [low, high] = zoomed({ ...axis, scale: 'log', min: 0.01, max: 100 }, 0.5, 1);
  expect([low, high].map((v) => Math.log10(v))).toEqual([expect.closeTo(-1, 9), expect.closeTo(1, 9)]);
});

describe('files', () => {
  test('CSV quotes what needs it and leaves gaps empty', () => {
    expect(
      toCsv([
        ['a', 'b, "c"'],
        [1.5, null],
      ]),
    ).toBe('a,"b, ""c"""\r\n1.5,\r\n');
  });

  test('the CSV of a chart has all series, seeds too, joined by x', () => {
    const model = validationAccuracy(finished(), 'step');
    const lines = chartCsv(model).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 41);
    expect(lines[0]!.split(',')).toHaveLength(1 + 10);
  });

  test('the table of results has every seed of every arm, unrounded', () => {
    const { summary } = finished();
    const lines = resultsCsv(summary!).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 1 + 5 + 10);
    expect(lines[7]).toContain(String(summary!.arms[0]!.seeds[0]!.test));
    const columns = lines[0]!.split(',');
    const teacher = lines[1]!.split(',');
    expect(teacher[columns.indexOf('multiply-adds')]).toBe(String(summary!.teacher!.multiplyAdds));
    expect(teacher[columns.indexOf('latency batch 32 p95 (µs)')]).toBe(
      String(summary!.teacher!.latency.batch32!.p95),
    );
  });

  test('SVG is well formed whatever a name says, and draws what the model has', () => {
    const model: ChartModel = { ...trainingLoss(finished(), view), title: '<script>&"' };
    const svg = toSvg(model, { width: 620, height: 240, area, cursor: 300 }, palette);
    expect(svg).not.toContain('<script>');
    expect(svg.match(/<path [^>]*stroke="#0000ff"/g)).toHaveLength(2);
    expect(svg).toContain('stroke-dasharray="6 4"');
    expect(svg).toContain('clip-path="url(#area)"');
  });

  test('a line of one point is a circle: a stroke would not show', () => {
    const model = trainingLoss(finished(), { ...view, smoothing: 0 });
    const circles = (y: (number | null)[]) => {
      model.series = [{ ...model.series[0]!, x: y.map((_, i) => i), y }];
      const svg = toSvg(model, { width: 620, height: 240, area, cursor: null }, palette);
      return svg.match(/<circle /g)?.length ?? 0;
    };
    expect(circles([null, 1, null])).toBe(1);
    expect(circles([1, 2, 1])).toBe(0);
  });

  test('a gap in a line is a gap in the SVG', () => {
    const model = trainingLoss(finished(), { ...view, smoothing: 0 });
    model.series = [{ ...model.series[0]!, x: [1, 2, 3, 4], y: [1, null, 1, 1] }];
    const path = /d="(M[^"]*)" fill="none"/.exec(
      toSvg(model, { width: 620, height: 240, area, cursor: null }, palette),
    )?.[1];
    expect(path?.match(/M/g)).toHaveLength(2);
    expect(path?.match(/L/g)).toHaveLength(1);
  });
});

test('names at the lines’ ends say the value at the cursor', () => {
  const model = validationAccuracy(finished(), 'step');
  const names = (cursor: number | null) =>
    labelsOf(model, area, cursor, { width: 620, height: 240, textWidth: textWidth(11, 'sans-serif') }).map(
      (label) => label.text,
    );
  expect(names(null)).toEqual(['scratch', 'distilled', 'teacher 97.0']);
  expect(names(280)).toEqual([
    expect.stringMatching(/^scratch \d\d\.\d$/),
    expect.stringMatching(/^distilled \d\d\.\d$/),
    'teacher 97.0',
  ]);
});

describe('pixels', () => {
  test('one channel is ink on the page, three are themselves', () => {
    const gray = pixelsOf(
      { shape: [4, 4, 1], input: Array.from({ length: 16 }, (_, i) => i / 15) },
      [9, 8, 7],
    );
    expect([...gray!.data.slice(-4)]).toEqual([9, 8, 7, 255]);
    expect(gray!.data[3]).toBe(0);
    const rgb = pixelsOf({
      shape: [4, 4, 3],
      input: Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    });
    expect([...rgb!.data.slice(0, 4)]).toEqual([255, 0, 0, 255]);
  });

  test('what is no picture is none', () => {
    for (const shape of [[20], [2, 10], [4, 5, 1, 1], [4, 5, 2]])
      expect(pixelsOf({ shape, input: new Array<number>(20).fill(0) })).toBeNull();
  });
});
