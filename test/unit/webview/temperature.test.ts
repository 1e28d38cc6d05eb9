import { expect, test } from 'vitest';
import { cachingError, cachingSentence } from '../../../webview/models/caching';
import { exampleShown, measuredOf } from '../../../webview/models/examples';
import { gradientNorms, shareByTemperature } from '../../../webview/models/gradientByTemperature';
import { highTemperatureLimit, matchingByTemperature } from '../../../webview/models/matching';
import { resultByTemperature } from '../../../webview/models/settings';
import { settingsCsv } from '../../../webview/models/settingsCsv';
import { massOnTrueClass, softness } from '../../../webview/models/softness';
import { softTargets } from '../../../webview/models/softTargets';
import { laboratory, measured as drawn } from '../../fixtures/laboratory';
import { finished, probes } from '../../fixtures/snapshots';

const measured = measuredOf(probes)!;
const by = { experiment: 'few-labels', measured };
const balance = { distillationWeight: 0.9, studentWeight: 0.1 };
const last = (values: readonly (number | null)[]) => values.at(-1) ?? NaN;

test('probabilities add up to 100 % for teacher, student and scratch', () => {
  const { series } = softTargets(finished(), probes[0]!, 3, 'linear');
  expect(series.map(({ name }) => name)).toEqual(['teacher', 'student', 'scratch']);
  for (const { y } of series) expect(y.reduce<number>((sum, v) => sum + (v ?? 0), 0)).toBeCloseTo(100, 9);
});

test('bars of one class do not cover one another', () => {
  const { series } = softTargets(finished(), probes[0]!, 3, 'linear');
  const edges = series.map(({ bars }) => [bars!.offset - bars!.width / 2, bars!.offset + bars!.width / 2]);
  edges.slice(1).forEach(([left], i) => expect(left).toBeGreaterThan(edges[i]![1]!));
  expect(edges.at(-1)![1]! - edges[0]![0]!).toBeLessThan(1);
});

test('more than 30 classes: the 12 likeliest and all others as one bar', () => {
  const logits = Array.from({ length: 100 }, (_, c) => Math.sin(c * 7));
  const probe = { ...probes[0]!, teacher: logits, student: logits.toReversed(), scratch: null };
  const model = softTargets(finished(), probe, 1, 'linear');
  expect(model.x.ticks).toHaveLength(13);
  expect(model.x.tick(12, 0)).toBe('others');
  for (const { y } of model.series)
    expect(y.reduce<number>((sum, v) => sum + (v ?? 0), 0)).toBeCloseTo(100, 9);
});

test('entropy rises to that of the uniform distribution', () => {
  for (const { y } of softness(by).series) {
    expect(y[0]).toBeLessThan(1.5);
    expect(last(y)).toBeCloseTo(Math.log2(10), 2);
  }
});

test('of the true class uniform is left', () => {
  for (const { y } of massOnTrueClass(by).series) expect(last(y)).toBeLessThan(15);
});

test('without T² the teacher’s share vanishes at high T, with it it stays', () => {
  const [scaled, plain] = shareByTemperature(by, balance).series;
  expect(last(scaled!.y)).toBeGreaterThan(50);
  expect(last(plain!.y)).toBeLessThan(5);
  const [soft, unscaled, hard] = gradientNorms(by).series;
  expect(last(unscaled!.y)).toBeCloseTo(last(soft!.y) / 1e4, 12);
  expect(new Set(hard!.y).size).toBe(1);
});

test('T²·KL meets logit matching, and agreement with it is said', () => {
  const { series, levels } = highTemperatureLimit(by);
  expect(last(series[0]!.y) / levels[0]!.y).toBeCloseTo(1, 2);
  expect(matchingByTemperature('few-labels', laboratory().matching!).spoken).toContain(
    'T 20 agree in 98.4 %',
  );
});

test('without a probe of both networks nothing is measured; scratch joins where all have it', () => {
  expect(measuredOf(probes.map((p) => ({ ...p, teacher: null })))).toBeNull();
  expect(measured.entropy.scratch).not.toBeNull();
  expect(
    measuredOf(probes.map((p, i) => (i === 3 ? { ...p, scratch: null } : p)))!.entropy.scratch,
  ).toBeNull();
});

test('the example is a probe, or the row that was asked for once it is there', () => {
  const found = { ...probes[0]!, row: 7, part: 'test' as const, student: probes[0]!.student! };
  const snapshot = { ...finished(), example: { row: 7, found, problem: null } };
  expect(exampleShown(snapshot, 7)).toBe(found);
  expect(exampleShown(snapshot, probes[1]!.row)).toBe(probes[1]);
  expect(exampleShown(snapshot, 8)).toBeNull();
  const lacking = { ...probes[1]!, scratch: null };
  const read = { ...found, row: lacking.row };
  const beside = {
    ...snapshot,
    probes: [lacking],
    example: { row: lacking.row, found: read, problem: null },
  };
  expect(exampleShown(beside, lacking.row)).toEqual({ ...lacking, scratch: read.scratch });
});

test('what a cache may leave out is said of the nearest temperature', () => {
  expect(cachingSentence(drawn, 4.3)).toMatch(/^At T 4, 5 of 10 logits keep the error of T²·KL below 1 %/);
  expect(cachingError({ experiment: 'x', measured: drawn }).series.map(({ name }) => name)).toEqual([
    'float16',
    'top 1',
    'top 2',
    'top 5',
  ]);
});

test('every seed of the chosen setting is a dot; other settings are their means', () => {
  const { cells } = laboratory();
  const { series, y } = resultByTemperature('few-labels', cells, 'α 0.9', 'accuracy');
  expect(series.filter(({ dots }) => dots === 'hollow')).toHaveLength(5);
  const mean = series.at(-1)!;
  expect(mean).toMatchObject({ name: 'α 0.9', x: [1, 2, 4, 8, 20], dots: 'filled' });
  const at4 = cells.cells.find(({ values }) => values['temperature'] === 4 && values['alpha'] === 0.9)!;
  const gains = at4.seeds.map(({ gain }) => 100 * gain.accuracy!);
  expect(mean.y[2]).toBeCloseTo(gains.reduce((a, b) => a + b) / 5, 9);
  expect(series.filter(({ rank }) => rank === 'overlay').map(({ name }) => name)).toEqual(['α 0.5', 'α 1']);
  expect(y.min).toBeLessThanOrEqual(0);
});

test('the CSV has every seed of every setting', () => {
  const lines = settingsCsv(laboratory().cells).trim().split('\r\n');
  expect(lines).toHaveLength(1 + 15 * 5);
  expect(lines[0]).toBe(
    'arm,temperature,alpha,seed,validation accuracy,accuracy less scratch,agreement less scratch,ece less scratch',
  );
});
