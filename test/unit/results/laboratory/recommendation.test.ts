import { describe, expect, it } from 'vitest';
import { groupsBut, settingTitle, type Cell, type Cells } from '../../../../src/results/laboratory/cells';
import { recommend } from '../../../../src/results/laboratory/recommendation';

const SCRATCH = 0.88;

/** A setting whose seeds have these accuracies. */
const cell = (temperature: number, alpha: number, accuracies: number[]): Cell => ({
  slug: `t${temperature}-a${alpha}`,
  title: `KD T ${temperature} · α ${alpha}`,
  values: { temperature, alpha },
  seeds: accuracies.map((accuracy, seed) => ({
    seed,
    folder: `t${temperature}-a${alpha}/seed-${seed}`,
    accuracy,
    gain: { accuracy: accuracy - SCRATCH, agreement: null, ece: null },
  })),
});
const parameters = [
  { path: 'temperature', label: 'T', values: [1, 2, 4, 8] },
  { path: 'alpha', label: 'α', values: [0.5, 0.9] },
];
const all = (...cells: Cell[]): Cells => ({ parameters, cells });
const seeds = [0.938, 0.945, 0.951, 0.94, 0.946];
const plus = (values: number[], by: number) => values.map((value) => value + by);
/** Differences of either sign, whose interval has 0 in it. */
const wobbled = seeds.map((value, i) => value + [0.004, -0.006, 0.002, -0.005, 0.002][i]!);

describe('a recommendation', () => {
  it('names the best on validation with its gain, and what the spread does not tell from it', () => {
    const given = all(cell(1, 0.9, plus(seeds, -0.03)), cell(4, 0.9, seeds), cell(8, 0.9, wobbled));
    const said = recommend(given, 300)!;
    expect(said).toMatchObject({ arm: 't4-a0.9', within: ['t8-a0.9'] });
    expect(said.sentence).toMatch(
      /^\*\*T 4, α 0\.9\*\*: \*\*\+6\.4\u202fpp\*\* over scratch on validation \(5 seeds, sd 0\.5\)\.$/,
    );
    expect(said.reason).toContain('T 4 to 8 are not significantly worse.');
    expect(said.reason).toContain('In all, 1 of the other 2 settings may be as good');
    expect(said.reason).toContain(
      'The best of 3 on the same 300 validation examples looks better than it is.',
    );
  });

  it('says so where it beats every other setting', () => {
    const said = recommend(
      all(
        cell(4, 0.9, seeds),
        cell(
          1,
          0.9,
          plus(seeds, -0.03).map((v, i) => v + i / 1e4),
        ),
      ),
      300,
    )!;
    expect(said.within).toEqual([]);
    expect(said.reason).toContain('The other setting is significantly worse');
  });

  it('compares seed by seed: a spread that both share hides nothing', () => {
    const wide = [0.7, 0.8, 0.9, 0.75, 0.85];
    const said = recommend(
      all(
        cell(4, 0.9, wide),
        cell(
          2,
          0.9,
          wide.map((v, i) => v - 0.01 - i / 1e4),
        ),
      ),
      300,
    )!;
    expect(said.within).toEqual([]);
    const shuffled = [0.9, 0.7, 0.75, 0.8, 0.8];
    expect(recommend(all(cell(4, 0.9, wide), cell(2, 0.9, shuffled)), 300)!.within).toEqual(['t2-a0.9']);
  });

  it('tells nothing apart with fewer than four seeds', () => {
    const said = recommend(all(cell(4, 0.9, seeds.slice(0, 3)), cell(1, 0.9, [0.5, 0.5, 0.5])), 300)!;
    expect(said.within).toEqual(['t1-a0.9']);
    expect(said.reason).toContain('3 seeds cannot tell the settings apart; at least 4 are needed.');
  });

  it('takes no setting that has fewer seeds than others, and the sweep’s winner among equals', () => {
    const lucky = cell(8, 0.9, [0.99]);
    expect(recommend(all(lucky, cell(4, 0.9, seeds)), 300)!.arm).toBe('t4-a0.9');
    const given = all(cell(4, 0.9, seeds), cell(2, 0.9, seeds));
    expect(recommend(given, 300, { winner: 't2-a0.9', optimism: null })!.arm).toBe('t2-a0.9');
  });

  it('of one setting only says what is not known; of none is null', () => {
    expect(recommend(all(cell(4, 0.9, seeds)), 300)!.reason).toBe(
      'No other setting was tried: a sweep over T and α would show whether it is the best.',
    );
    expect(recommend(all(cell(4, 0.9, [])), 300)).toBeNull();
  });

  it('says what fresh seeds made of it', () => {
    const given = all(cell(4, 0.9, seeds), cell(8, 0.9, wobbled));
    expect(
      recommend(given, 300, { winner: 't4-a0.9', optimism: { chosen: 0.064, confirmed: 0.055 } })!.reason,
    ).toContain('Chosen as the best of 2 it gained +6.4\u202fpp; on fresh seeds +5.5\u202fpp.');
  });

  it('without scratch names the most accurate', () => {
    const alone = cell(4, 0.9, seeds);
    alone.seeds.forEach((seed) => (seed.gain.accuracy = null));
    expect(recommend(all(alone), 300)!.sentence).toBe(
      '**T 4, α 0.9**: the most accurate setting on validation; there is no scratch to compare it with.',
    );
  });
});

describe('settings', () => {
  const given = all(cell(1, 0.5, seeds), cell(1, 0.9, seeds), cell(4, 0.9, seeds));

  it('are grouped by all that is not left out', () => {
    expect(groupsBut(given, 'temperature').map(({ title, cells }) => [title, cells.length])).toEqual([
      ['α 0.5', 1],
      ['α 0.9', 2],
    ]);
    expect(groupsBut(given, 'temperature', 'alpha').map(({ title }) => title)).toEqual(['']);
  });

  it('are named by what they have', () => {
    expect(settingTitle({ values: { temperature: 4 } }, parameters)).toBe('T 4');
  });
});
