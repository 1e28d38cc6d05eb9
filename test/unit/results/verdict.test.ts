import { describe, expect, it } from 'vitest';
import { levelOf, type Evidence } from '../../../src/results/evidence';
import { interval, type Variation } from '../../../src/results/statistics';
import { reachVerdict } from '../../../src/results/verdict';

const n = '\u202f';
const PLENTY = 1e9;
/** Evidence whose interval is mean ± half (in pp): the mean square of seeds that gives this half width. */
function evidence(meanPoints: number, halfPoints: number, more: Partial<Evidence> = {}): Evidence {
  const seeds = more.pairedSeeds ?? 5;
  const examples = more.examples ?? 600;
  const unit: Variation = {
    seeds,
    examples,
    meanSquareSeeds: 1,
    meanSquareExamples: 0,
    meanSquareResidual: 0,
  };
  const perUnit = interval(0, unit, levelOf(more.look ?? 1)).high;
  const meanSquareSeeds = (halfPoints / 100 / perUnit) ** 2;
  return {
    complete: true,
    unlisted: false,
    opening: false,
    deleted: 0,
    lostRuns: 0,
    teacher: null,
    scratchAccuracy: null,
    improving: false,
    hasScratch: true,
    ended: null,
    unequalSteps: null,
    plannedSeeds: seeds,
    pairedSeeds: seeds,
    failedRuns: 0,
    mean: meanPoints / 100,
    variation: { ...unit, meanSquareSeeds },
    examples,
    minGain: 0.2,
    look: 1,
    pHolm: null,
    taught: true,
    temperature: 4,
    otherLabels: 0,
    secondsLeft: null,
    ...more,
  };
}

describe('the rule, at its boundaries', () => {
  it.each<[string, number, number, Evidence['minGain'], string]>([
    ['lower just above 0', 1.0, 0.99, 0.2, 'BEATS'],
    ['lower just below 0', 1.0, 1.01, 0.2, 'INCONCLUSIVE'],
    ['upper just below g', -0.8, 0.99, 0.2, 'NO BEATS'],
    ['upper just above g', -0.8, 1.01, 0.2, 'INCONCLUSIVE'],
    ['a gain below g, sure: NO BEATS goes before BEATS', 0.1, 0.05, 0.2, 'NO BEATS'],
    ['a gain around g, sure to be above 0', 0.2, 0.1, 0.2, 'BEATS'],
    ['upper just below 0', -1, 0.99, 0.2, 'HURTS'],
    ['upper just above 0: a gain is excluded', -1, 1.01, 0.2, 'NO BEATS'],
    ['g of 0: a loss that is sure', -1, 0.5, 0, 'HURTS'],
    ['g of 0: no difference at all', 0, 0, 0, 'INCONCLUSIVE'],
    ['the same predictions everywhere', 0, 0, 0.2, 'NO BEATS'],
    ['a g of 1.5 excludes what one of 0.2 leaves open', 0.5, 0.9, 1.5, 'NO BEATS'],
  ])('%s', (_, mean, half, minGain, verdict) => {
    expect(reachVerdict(evidence(mean, half, { minGain, examples: PLENTY })).verdict).toBe(verdict);
  });

  it('an unfinished plan comes before any interval', () => {
    const result = reachVerdict(evidence(5, 0.1, { complete: false }));
    expect(result.verdict).toBeNull();
    expect(result.interval).toBeNull();
  });

  it.each([1, 2, 3])('%d paired seeds are too few, whatever they say', (pairedSeeds) => {
    const few = evidence(5, 0.1, { pairedSeeds: 5 });
    const result = reachVerdict({ ...few, pairedSeeds, variation: pairedSeeds > 1 ? few.variation : null });
    expect(result.verdict).toBe('INCONCLUSIVE');
    expect(result.sentence).toContain('A verdict needs at least 4 paired seeds.');
  });

  it.each([
    [0, 0],
    [20, 0],
    [20, 5],
    [-4, 120],
  ])('five test examples are too few, whatever they say: %d ± %d pp', (mean, half) => {
    const result = reachVerdict(evidence(mean, half, { examples: 5 }));
    expect(result).toMatchObject({ verdict: 'INCONCLUSIVE', interval: null, seedsToSettle: null });
    expect(result.sentence).toMatch(
      new RegExp(`5 test examples, each worth 20${n}pp\\. A verdict needs at least 50 test examples\\.$`),
    );
    expect(result.sentence).not.toMatch(/NaN|Infinity/);
  });

  it('too few seeds and too few test examples are said together', () => {
    const sentence = reachVerdict(evidence(20, 5, { examples: 5, pairedSeeds: 3 })).sentence;
    expect(sentence).toContain('A verdict needs at least 4 paired seeds and 50 test examples.');
  });

  it('four are enough', () => {
    expect(reachVerdict(evidence(5, 0.1, { pairedSeeds: 4 })).verdict).toBe('BEATS');
  });

  it('an arm that is not the headline’s must also pass Holm’s correction', () => {
    expect(reachVerdict(evidence(1, 0.9, { pHolm: 0.049 })).verdict).toBe('BEATS');
    const corrected = reachVerdict(evidence(1, 0.9, { pHolm: 0.08 }));
    expect(corrected.verdict).toBe('INCONCLUSIVE');
    expect(corrected.sentence).toBe(
      `**+1.0${n}pp** (95${n}% CI +0.1 to +1.9): not significant after correction for the number of arms (Holm, p 0.08).`,
    );
    expect(reachVerdict(evidence(1, 0.9, { look: 2, pHolm: 0.03 })).verdict).toBe('INCONCLUSIVE');
  });

  it('the second look needs 99 %', () => {
    const first = evidence(1, 0.9);
    expect(reachVerdict(first).verdict).toBe('BEATS');
    expect(reachVerdict({ ...first, look: 2 }).verdict).toBe('INCONCLUSIVE');
    expect(reachVerdict({ ...first, look: 2 }).interval?.level).toBe(0.99);
  });
});

describe('the sentences', () => {
  it('BEATS', () => {
    expect(reachVerdict(evidence(3.43, 1.35)).sentence).toBe(
      `The distilled student is **+3.4${n}pp** more accurate than the same network trained alone on the same budget (95${n}% CI +2.1 to +4.8).`,
    );
  });
  it('NO BEATS', () => {
    expect(reachVerdict(evidence(-0.4, 0.5)).sentence).toBe(
      `Distillation brought no gain worth having: **−0.4${n}pp** (95${n}% CI −0.9 to +0.1; a gain of 0.2${n}pp is excluded). Try a lower T for a narrow student, or a better teacher.`,
    );
    expect(reachVerdict(evidence(-0.4, 0.5, { temperature: null })).sentence).toMatch(
      /Try a better teacher\.$/,
    );
  });
  it('HURTS, with the cause that was measured first', () => {
    const hurt = (more: Partial<Evidence>) => reachVerdict(evidence(-3.1, 1.3, more)).sentence;
    expect(hurt({ otherLabels: 900 })).toBe(
      `Distillation made the student worse: **−3.1${n}pp** against the same network trained alone on the same budget (95${n}% CI −4.4 to −1.8). T 4 may be too high for a student of this size: try a lower T, or more weight on the labels.`,
    );
    expect(hurt({ improving: true })).toMatch(
      /It was still improving when training ended: give every arm more steps\.$/,
    );
    const weak = { teacher: { failed: false, accuracy: 0.8, chance: 0.1 }, scratchAccuracy: 0.83 };
    expect(hurt({ ...weak, improving: true })).toMatch(
      /The teacher \(80\.0.%\) is weaker than the student trained alone \(83\.0.%\)/,
    );
    const almost = { teacher: { failed: false, accuracy: 0.9598, chance: 0.1 }, scratchAccuracy: 0.9602 };
    expect(hurt(almost)).toMatch(/The teacher \(95\.98.%\) is weaker than .* \(96\.02.%\)/);
    const guessing = { failed: false, accuracy: 0.01, chance: 0.1 };
    expect(hurt({ ...weak, teacher: guessing })).toMatch(
      /no better than guessing: check the order of its classes/,
    );
    expect(hurt({ taught: false })).toMatch(/^This arm made the student worse/);
  });
  it('of a teacher at chance speak of it, not of T', () => {
    const teacher = { failed: false, accuracy: 0.11, chance: 0.1 };
    const { verdict, sentence } = reachVerdict(evidence(-0.4, 0.5, { teacher, scratchAccuracy: 0.9 }));
    expect(verdict).toBe('NO BEATS');
    expect(sentence).toMatch(/no better than guessing/);
    expect(sentence).not.toContain('lower T');
    const failed = { failed: true, accuracy: null, chance: 0.1 };
    expect(reachVerdict(evidence(1, 1, { complete: false, teacher: failed })).sentence).toMatch(
      /^The teacher failed/,
    );
  });
  it('a loss that is not clear once corrected is no HURTS', () => {
    expect(reachVerdict(evidence(-1, 0.9, { pHolm: 0.049 })).verdict).toBe('HURTS');
    expect(reachVerdict(evidence(-1, 0.9, { pHolm: 0.051 })).verdict).toBe('NO BEATS');
  });
  it('of an arm without a teacher do not speak of distillation', () => {
    const control = { taught: false, temperature: null };
    expect(reachVerdict(evidence(3.4, 1.3, control)).sentence).toMatch(/^The student of this arm is /);
    expect(reachVerdict(evidence(-0.4, 0.5, control)).sentence).toMatch(
      /^This arm brought .*is excluded\)\.$/,
    );
  });
  it('INCONCLUSIVE, with the seeds that would settle it', () => {
    const result = reachVerdict(evidence(0.3, 0.7));
    expect(result.sentence).toMatch(
      new RegExp(
        `^\\*\\*\\+0\\.3${n}pp\\*\\* \\(95${n}% CI −0\\.4 to \\+1\\.0\\): the interval includes 0\\. About \\d+ seeds would settle a gain of this size; a larger test set alone would not\\.$`,
      ),
    );
    expect(result.sentence).toContain(`About ${result.seedsToSettle} seeds`);
  });
  it('INCONCLUSIVE, where the test set is too small', () => {
    const base = evidence(0.3, 0.7);
    const variation: Variation = {
      seeds: 5,
      examples: 600,
      meanSquareSeeds: 0.1,
      meanSquareExamples: 0.5,
      meanSquareResidual: 0.1,
    };
    const result = reachVerdict({ ...base, variation });
    expect(result.sentence).toMatch(
      /More seeds will not settle it: the test set \(600\) is too small; about \d+,000 test examples would\.$/,
    );
    expect(result.seedsToSettle).toBeNull();
    expect(result.examplesToSettle).toBeGreaterThan(600);
  });
  it('INCONCLUSIVE, where either would do, and where neither would', () => {
    const base = evidence(2.1, 0);
    const variation = (meanSquareSeeds: number, meanSquareExamples: number): Variation => ({
      seeds: 5,
      examples: 600,
      meanSquareSeeds,
      meanSquareExamples,
      meanSquareResidual: 0.1,
    });
    expect(reachVerdict({ ...base, variation: variation(0.15, 0.25) }).sentence).toMatch(
      /About \d+ seeds would settle a gain of this size, or about \d,\d00 test examples\.$/,
    );
    const neither = reachVerdict({ ...base, variation: variation(2, 0.6) });
    expect(neither).toMatchObject({ seedsToSettle: null, examplesToSettle: null });
    expect(neither.sentence).toMatch(
      /Neither more seeds alone nor a larger test set alone will settle it: both are needed\.$/,
    );
  });
  it('names the labels that also influenced the student through the teacher, whatever the verdict', () => {
    const said = (mean: number, half: number, more: Partial<Evidence> = {}) =>
      reachVerdict(evidence(mean, half, { otherLabels: 900, ...more })).sentence;
    const also = '; the teacher’s other 900 labels also influenced the student';
    expect(said(3.4, 1.3)).toContain(`+4.7)${also}.`);
    expect(said(-0.4, 0.5)).toContain(`is excluded)${also}. Try`);
    expect(said(0.3, 0.7)).toContain(`the interval includes 0${also}. About`);
    expect(said(1, 0.9, { pHolm: 0.08 })).toContain(`p 0.08)${also}.`);
    expect(said(3.4, 1.3, { complete: false })).not.toContain('labels');
    expect(said(3.4, 1.3, { otherLabels: 1 })).toContain('the teacher’s other 1 label also influenced');
  });
  it('a later look says so first', () => {
    expect(reachVerdict(evidence(3.4, 1.3, { look: 2 })).sentence).toMatch(
      /^Look 2: The distilled student is .*\(99.% CI /,
    );
  });
  it('running', () => {
    const running = {
      complete: false,
      pairedSeeds: 2,
      plannedSeeds: 5,
      secondsLeft: 8.2,
      look: 0,
      variation: null,
    };
    expect(reachVerdict({ ...evidence(3, 1), ...running }).sentence).toBe(
      `So far **+3.0${n}pp** on validation, 2 of the 5 planned seeds. The test set is opened once, when all 5 are done: about 8${n}s.`,
    );
    expect(reachVerdict({ ...evidence(3, 1), ...running, secondsLeft: null, failedRuns: 1 }).sentence).toBe(
      `So far **+3.0${n}pp** on validation, 2 of the 5 planned seeds; 1 run failed. The test set is opened once, when all 5 are done.`,
    );
    expect(reachVerdict({ ...evidence(3, 1), ...running, mean: null, look: 1 }).sentence).toBe(
      `No pair of seeds is finished yet. The test set is opened again, when all 5 are done: about 8${n}s.`,
    );
  });
  it('nothing to compare with, or unequal budgets', () => {
    expect(reachVerdict(evidence(3, 1, { hasScratch: false })).sentence).toBe(
      'There is no scratch student to compare with.',
    );
    expect(reachVerdict(evidence(3, 1, { unequalSteps: { scratch: 560, distilled: 1700 } })).sentence).toBe(
      'Scratch ran 560 steps, distilled 1,700.',
    );
  });
  it('never rounds a bound across 0 or across the smallest gain', () => {
    expect(reachVerdict(evidence(1, 0.98)).sentence).toContain('CI +0.02 to +1.98');
    expect(reachVerdict(evidence(-0.5, 0.69)).sentence).toContain('−1.19 to +0.19; a gain of 0.2');
    expect(reachVerdict(evidence(1, 0.9)).sentence).toContain('CI +0.1 to +1.9');
  });
});
