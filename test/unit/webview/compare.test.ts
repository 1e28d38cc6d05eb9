import { describe, expect, it } from 'vitest';
import { against } from '../../../webview/models/against';
import { armRows, filterRows, sortRows } from '../../../webview/models/armRows';
import { differenceAxis, measureAxis } from '../../../webview/models/forest';
import { passesFilter, parallel } from '../../../webview/models/parallel';
import { sizeFront } from '../../../webview/models/sizeFront';
import { sweptAxis } from '../../../webview/models/sweptAxis';
import { finished, running } from '../../fixtures/snapshots';
import { sweep, withOthers } from '../../fixtures/sweepSnapshot';

const swept = sweep().summary!;

describe('rows of arms', () => {
  const rows = armRows(sweep());

  it('are all cells and all scratches', () => {
    expect(rows.filter(({ arm }) => arm.kind === 'distilled')).toHaveLength(30);
    expect(rows.filter(({ arm }) => arm.kind === 'scratch')).toHaveLength(2);
    expect(rows.every(({ arm, comparison }) => (comparison === null) === (arm.kind === 'scratch'))).toBe(
      true,
    );
  });

  it('of other experiments are there only where they compare', () => {
    const lent = armRows(withOthers()).filter(({ experiment }) => experiment !== null);
    expect(lent.map(({ experiment, title }) => [experiment, title])).toEqual([
      ['logits', 'Scratch'],
      ['logits', 'Logit matching'],
    ]);
  });

  it('are filtered by every word, in the title or a cell’s values', () => {
    const titles = (text: string) => filterRows(rows, { role: 'all', text }).map(({ title }) => title);
    expect(titles('T 20 units 8')).toHaveLength(3);
    expect(titles('temperature 20')).toHaveLength(6);
    expect(titles('nothing of this')).toEqual([]);
    expect(filterRows(rows, { role: 'cells', text: 'scratch' })).toHaveLength(2);
    expect(filterRows(rows, { role: 'listed', text: '' }).map(({ title }) => title)).toEqual([
      'Scratch',
      'Scratch · units 8',
    ]);
  });

  it('are sorted either way, those without a number last', () => {
    const order = (ascending: boolean) =>
      sortRows(rows, { column: 'measure', ascending }, 'accuracy').map(({ key }) => key);
    expect(order(true)).toEqual([...order(false)].reverse());
    const unknown = rows.map((row, i) => (i === 0 ? { ...row, arm: { ...row.arm, test: null } } : row));
    for (const ascending of [true, false])
      expect(sortRows(unknown, { column: 'measure', ascending }, 'accuracy').at(-1)?.key).toBe(rows[0]!.key);
  });
});

describe('the common axis of differences', () => {
  it('holds 0, every seed and every interval', () => {
    const rows = armRows(sweep());
    const { min, max } = differenceAxis(rows);
    for (const { comparison } of rows)
      for (const value of [
        0,
        ...(comparison?.perSeed.map((s) => s.difference) ?? []),
        comparison?.interval?.low ?? 0,
      ])
        expect(100 * value >= min && 100 * value <= max).toBe(true);
  });

  it('of what has not begun is still an axis', () => {
    const none = armRows({ ...running(), summary: { ...running().summary!, comparisons: [] } });
    expect(differenceAxis(none).max).toBeGreaterThan(0);
    expect(measureAxis([], 'accuracy')).toMatchObject({ min: 0, max: 1 });
  });
});

describe('size against accuracy', () => {
  const arms = armRows(sweep()).map(({ arm }) => arm);
  const { points, pairs } = sizeFront(swept, arms, 'parameters');

  it('joins each arm with its own scratch', () => {
    expect(pairs).toHaveLength(30);
    for (const [scratch, distilled] of pairs) {
      expect(points[scratch]?.kind).toBe('scratch');
      expect(points[scratch]?.size).toBe(points[distilled]?.size);
    }
  });

  it('has on its front what nothing smaller reaches', () => {
    const front = points.filter((point) => point.front).sort((a, b) => a.size - b.size);
    expect(front.map(({ accuracy }) => accuracy)).toEqual(
      front.map(({ accuracy }) => accuracy).sort((a, b) => a - b),
    );
    expect(front.at(-1)?.kind).toBe('teacher');
    for (const point of points)
      expect(front.some((best) => best.size <= point.size && best.accuracy >= point.accuracy)).toBe(true);
  });
});

describe('an axis of a swept parameter', () => {
  it('is logarithmic over a decade, linear below', () => {
    expect(sweptAxis([1, 2, 4, 8, 20], false).axis).toMatchObject({ scale: 'log', ticks: [1, 2, 4, 8, 20] });
    expect(sweptAxis([0.5, 1, 0.9], false).axis).toMatchObject({ scale: 'linear', ticks: [0.5, 0.9, 1] });
  });
  it('has words at equal distances, in their order', () => {
    const { axis, place } = sweptAxis(['hinton', 'dkd', 'hinton'], false);
    expect([place('hinton'), place('dkd')]).toEqual([0, 1]);
    expect(axis.ticks?.map(axis.tick)).toEqual(['hinton', 'dkd']);
  });
  it('holds a parameter of one value', () => {
    const { axis, place } = sweptAxis([4], false);
    expect(axis.min).toBeLessThanOrEqual(place(4));
    expect(axis.max).toBeGreaterThan(axis.min);
  });
});

describe('parallel coordinates', () => {
  const model = parallel(swept, 'accuracy')!;

  it('lead each cell through its parameters to its result on validation', () => {
    expect(model.axes.map(({ name }) => name)).toEqual(['T', 'α', 'units', 'sd, pp', 'Accuracy, %']);
    expect(model.part).toBe('validation');
    expect(model.lines).toHaveLength(30);
    expect(model.lines.filter(({ winner }) => winner).map(({ slug }) => slug)).toEqual(['kd-t4-a0.9-u16']);
    for (const { heights } of model.lines)
      for (const height of heights) expect(height! >= 0 && height! <= 1).toBe(true);
  });

  it('put what is better higher, also where less is better', () => {
    const nll = parallel(swept, 'nll')!;
    const best = [...nll.lines].sort((a, b) => Number(a.values.at(-1)) - Number(b.values.at(-1)))[0];
    expect(best?.heights.at(-1)).toBe(1);
    expect(best?.strength).toBe(1);
  });

  it('keep what passes through all that is kept', () => {
    const kept = (out: Record<string, number[]>, ranges: Record<string, [number, number]>) =>
      model.lines.filter((line) => passesFilter(model, line, { out, ranges })).length;
    expect(kept({}, {})).toBe(30);
    expect(kept({ temperature: [1, 2] }, {})).toBe(18);
    expect(kept({ temperature: [1, 2], alpha: [1] }, {})).toBe(12);
    expect(kept({}, { result: [1, 1] })).toBe(1);
  });

  it('are not there without a sweep', () => {
    expect(parallel(finished().summary!, 'accuracy')).toBeNull();
    expect(against(finished().summary!, null, 'accuracy')).toBeNull();
  });
});

describe('a measure against a parameter', () => {
  it('joins the cells that differ in it alone', () => {
    const { lines, dots } = against(swept, 'temperature', 'accuracy')!;
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatchObject({ label: 'α 0.5 · units 8' });
    for (const { means } of lines) expect(means.map(({ x }) => x)).toEqual([1, 2, 4, 8, 20]);
    for (const dot of dots) expect(dot.line === null).toBe(dot.kind === 'scratch');
  });

  it('has scratch as a level where all cells share it, as dots where the parameter changes it', () => {
    const byWidth = against(swept, 'student.layers.hidden.units', 'accuracy')!;
    expect(byWidth.scratch).toBeNull();
    expect(byWidth.dots.filter(({ kind }) => kind === 'scratch')).toHaveLength(8);
    const arms = swept.arms.filter((arm) => arm.cell?.['student.layers.hidden.units'] === 16);
    const one = against({ ...swept, arms }, 'temperature', 'accuracy')!;
    expect(one.scratch).toBeCloseTo(swept.scratch!.test!.mean * 100, 9);
    expect(one.dots.every(({ kind }) => kind === 'distilled')).toBe(true);
  });
});
