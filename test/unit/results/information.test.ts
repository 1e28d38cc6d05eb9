import { describe, expect, it } from 'vitest';
import { crossedBootstrap } from '../../../src/results/bootstrap';
import { inform } from '../../../src/results/information';
import { signTest } from '../../../src/results/information';
import { pairedDifference } from '../../../src/results/statistics';
import { reference, rows } from './reference';

const informed = (distilled: string[], scratch: string[]) => {
  const [a, b] = [rows(distilled), rows(scratch)];
  const answers = a.map((row, seed) => ({ seed, distilled: row, scratch: b[seed]! }));
  return inform(answers, pairedDifference(a, b), 0.95);
};

describe.each(reference.cases.map((c, i) => [`case ${i}`, c] as const))(
  '%s, against SciPy and statsmodels',
  (_, expected) => {
    const { signs, mcnemar, bootstrap } = informed(expected.distilled, expected.scratch);

    it('counts the seeds that won and lost, and how likely that is by chance', () => {
      const [won, lost, p] = expected.signs;
      expect(signs).toMatchObject({ won, lost, tied: expected.distilled.length - won - lost });
      expect(signs.p).toBeCloseTo(p, 10);
    });

    it('counts the answers that changed, seed by seed', () => {
      expect(mcnemar.map(({ b, c }) => [b, c])).toEqual(expected.mcnemar.map(([b, c]) => [b, c]));
      mcnemar.forEach(({ p }, s) => {
        expect(p).toBeCloseTo(expected.mcnemar[s]![2], 10);
      });
    });

    it('resamples to the percentiles of another generator, but for what 2,000 resamples leave to chance', () => {
      const { low, high, sd } = expected.bootstrap;
      expect(Math.abs(bootstrap.low - low)).toBeLessThan(0.2 * sd);
      expect(Math.abs(bootstrap.high - high)).toBeLessThan(0.2 * sd);
    });
  },
);

describe('the sign test', () => {
  it.each(reference.signTests)('%d to %d, against SciPy', (won, lost, p) => {
    expect(signTest(won, lost) / p).toBeCloseTo(1, 6);
    expect(signTest(lost, won)).toBe(signTest(won, lost));
  });
});

describe('the crossed bootstrap', () => {
  const same = (value: number) => [Int8Array.from([value, value]), Int8Array.from([value, value])];
  it('of what never differs, or always does, is a point', () => {
    expect(crossedBootstrap(same(0), 0.95)).toEqual({ low: 0, high: 0 });
    expect(crossedBootstrap(same(1), 0.95)).toEqual({ low: 1, high: 1 });
    expect(crossedBootstrap(same(-1), 0.95)).toEqual({ low: -1, high: -1 });
  });

  it('of one seed is that of its examples: normal, with the standard error of a share', () => {
    const row = Int8Array.from({ length: 2000 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const { low, high } = crossedBootstrap([row], 0.95, 20_000);
    const half = 1.96 * Math.sqrt((0.25 * 0.75) / 2000);
    expect(low).toBeCloseTo(0.25 - half, 3);
    expect(high).toBeCloseTo(0.25 + half, 3);
  });

  it('is the same each time, and wider at 99 %', () => {
    const [{ distilled, scratch }] = [reference.cases[1]!];
    const differences = rows(distilled).map((row, s) =>
      Int8Array.from(row, (right, i) => right - Number(scratch[s]![i])),
    );
    const at = (level: number) => crossedBootstrap(differences, level);
    expect(at(0.95)).toEqual(at(0.95));
    expect(at(0.99).low).toBeLessThan(at(0.95).low);
    expect(at(0.99).high).toBeGreaterThan(at(0.95).high);
  });
});
