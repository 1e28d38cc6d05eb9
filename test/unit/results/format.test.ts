import { afterEach, describe, expect, it } from 'vitest';
import * as format from '../../../src/results/format';

const n = '\u202f';
afterEach(() => format.setLocale('en'));

describe('formats', () => {
  it('rounds halves away from zero, whatever the binary fraction', () => {
    for (const [share, text] of [
      [0.4125, '41.3'],
      [0.8325, '83.3'],
      [0.0125, '1.3'],
    ] as const)
      expect(format.percentage(share, 1)).toBe(text);
    expect(format.points(-0.0525, 1)).toBe('−5.3');
  });

  it.each([
    [100, 1],
    [300, 1],
    [600, 1],
    [1000, 1],
    [1797, 2],
    [10_000, 2],
    [7, 1],
  ])('%d examples: %d decimals, as one example moves and at least one', (examples, decimals) => {
    expect(format.decimalsFor(examples)).toBe(decimals);
  });

  it('accuracy', () => {
    expect(format.accuracy(0.9337, 600)).toBe(`93.4${n}%`);
    expect(format.accuracy(0.98543, 10_000)).toBe(`98.54${n}%`);
    expect(format.accuracy(1, 600)).toBe(`100.0${n}%`);
  });

  it('differences carry a sign, a true minus, and zero none', () => {
    expect(format.pointsWithUnit(0.0341, 1)).toBe(`+3.4${n}pp`);
    expect(format.pointsWithUnit(-0.004, 1)).toBe(`−0.4${n}pp`);
    expect(format.points(0, 1)).toBe('0.0');
    expect(format.points(-0.0001, 1)).toBe('0.0');
  });

  it.each([
    ['as accuracies have them', { mean: 0.034, low: 0.011, high: 0.057 }, 600, 0.2, 1],
    ['of few examples too', { mean: 0.005, low: -0.02, high: 0.03 }, 80, 0.2, 1],
    [
      'more where a bound above 0 would be printed as 0',
      { mean: 0.03, low: 0.0003, high: 0.06 },
      600,
      0.2,
      2,
    ],
    ['more where a mean would be', { mean: 0.0004, low: -0.02, high: 0.02 }, 600, 0.2, 2],
    ['many for a bound that is almost 0', { mean: 0.03, low: 0.0000004, high: 0.06 }, 600, 0.2, 5],
    [
      'more where a bound would be printed as the smallest gain',
      { mean: 0, low: -0.03, high: 0.00196 },
      600,
      0.2,
      3,
    ],
    [
      'as usual for 0 itself, and for what only rounding makes of it',
      { mean: 1e-18, low: 0, high: 0 },
      600,
      0,
      1,
    ],
  ])('decimals of a difference: %s', (_, { mean, low, high }, examples, minGain, decimals) => {
    const interval = { low, high, level: 0.95, degreesOfFreedom: 9 };
    expect(format.differenceDecimals({ mean, interval }, examples, minGain)).toBe(decimals);
  });

  it('mean ± sd says n where it is not the plan’s', () => {
    expect(format.spread({ mean: 0.934, sd: 0.011, n: 5 }, 600, 5)).toBe(`93.4${n}% ± 1.1`);
    expect(format.spread({ mean: 0.934, sd: 0.011, n: 2 }, 600, 5)).toBe(`93.4${n}% ± 1.1 (n = 2)`);
    expect(format.spread({ mean: 0.97, sd: 0, n: 1 }, 600, 1)).toBe(`97.0${n}%`);
  });

  it.each([
    [0.33712, '0.337'],
    [12.345, '12.3'],
    [1234.5, '1230'],
    [0.04, '0.0400'],
    [-0.5, '−0.500'],
  ])('loss %d', (value, text) => expect(format.loss(value)).toBe(text));

  it.each([
    [28_830, '28,830'],
    [1210, '1,210'],
    [7, '7'],
  ])('count %d', (value, text) => expect(format.count(value)).toBe(text));

  it.each([
    [840, `840${n}B`],
    [4840, `4.8${n}kB`],
    [115_320, `115${n}kB`],
    [999_600, `1${n}MB`],
    [1_230_000, `1.2${n}MB`],
    [0, `0${n}B`],
  ])('%d bytes', (value, text) => expect(format.bytes(value)).toBe(text));

  it.each([
    [3.14, `3.1${n}µs`],
    [69.2, `69${n}µs`],
    [128, `130${n}µs`],
    [999.7, `1.0${n}ms`],
    [1234, `1.2${n}ms`],
    [2_500_000, `2.5${n}s`],
  ])('latency of %d µs', (value, text) => expect(format.latency(value)).toBe(text));

  it.each([
    [23.8, '24×'],
    [2.31, '2.3×'],
    [1, '1×'],
    [9.97, '10×'],
  ])('ratio %d', (value, text) => expect(format.ratio(value)).toBe(text));

  it.each([
    [3.14, `3.1${n}s`],
    [9.96, `10${n}s`],
    [38.2, `38${n}s`],
    [59.7, `1${n}min 00${n}s`],
    [372, `6${n}min 12${n}s`],
    [7500, `2${n}h 05${n}min`],
    [3599.8, `1${n}h 00${n}min`],
  ])('%d s', (value, text) => expect(format.duration(value)).toBe(text));

  it.each([
    [8.2, `8${n}s`],
    [0.2, `1${n}s`],
    [38.2, `38${n}s`],
  ])('about %d s', (value, text) => {
    expect(format.roughly(value)).toBe(text);
  });

  it.each([
    [8, '0:08'],
    [3753, '1:02:33'],
    [-1, '0:00'],
    [600, '10:00'],
  ])('%d s left', (value, text) => expect(format.remaining(value)).toBe(text));

  it('moments', () => {
    const now = new Date(2025, 10, 21, 18, 0);
    expect(format.moment(new Date(2025, 10, 21, 14, 2), now)).toBe('today 14:02');
    expect(format.moment(new Date(2025, 10, 12, 14, 2), now)).toBe('12 Nov 14:02');
    expect(format.moment(new Date(2024, 10, 12, 0, 2), now)).toBe('12 Nov 2024 00:02');
  });

  it('follow the language of the surface', () => {
    format.setLocale('de');
    expect(format.accuracy(0.934, 600)).toBe(`93,4${n}%`);
    expect(format.count(28_830)).toBe('28.830');
  });
});
