import { expect, test } from 'vitest';
import {
  highTemperatureLimit,
  pairsOf,
  shareByTemperature,
  softTargets,
  softness,
} from '../../../webview/models/temperature';
import { empty, finished, probes } from '../../fixtures/snapshots';

const pairs = pairsOf(probes);
const last = (values: readonly (number | null)[]) => values.at(-1) ?? NaN;

test('probabilities add up to 100 % for both', () => {
  const { series } = softTargets(finished(), probes[0]!, 3, 'linear');
  for (const { y } of series) expect(y.reduce<number>((sum, v) => sum + (v ?? 0), 0)).toBeCloseTo(100, 9);
});

test('more than 30 classes: the 12 likeliest and all others as one bar', () => {
  const logits = Array.from({ length: 100 }, (_, c) => Math.sin(c * 7));
  const probe = { ...probes[0]!, teacher: logits, student: logits.toReversed() };
  const model = softTargets(finished(), probe, 1, 'linear');
  expect(model.x.ticks).toHaveLength(13);
  expect(model.x.tick(12)).toBe('others');
  for (const { y } of model.series)
    expect(y.reduce<number>((sum, v) => sum + (v ?? 0), 0)).toBeCloseTo(100, 9);
});

test('entropy rises to that of the uniform distribution', () => {
  const { series } = softness(finished(), pairs);
  for (const { y } of series) {
    expect(y[0]).toBeLessThan(1);
    expect(last(y)).toBeCloseTo(Math.log2(10), 2);
  }
});

test('without T² the teacher’s share vanishes at high T, with it it stays', () => {
  const [scaled, plain] = shareByTemperature(finished(), pairs).series;
  expect(last(scaled!.y)).toBeGreaterThan(50);
  expect(last(plain!.y)).toBeLessThan(5);
});

test('T²·KL meets logit matching', () => {
  const { series, levels } = highTemperatureLimit(finished(), pairs);
  expect(last(series[0]!.y) / levels[0]!.y).toBeCloseTo(1, 2);
});

test('nothing is drawn without logits', () => {
  const snapshot = empty();
  for (const model of [
    softness(snapshot, []),
    shareByTemperature(snapshot, []),
    highTemperatureLimit(snapshot, []),
  ])
    expect(model).toMatchObject({ series: [], empty: 'This run kept no logits of examples.' });
});
