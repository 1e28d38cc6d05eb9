import { expect, it } from 'vitest';
import type { Predictions } from '../../../src/results/input';
import { report } from '../../../src/results/report';
import { summarize } from '../../../src/results/summarize';
import { arm, experiment, run } from './experiment';

/** Two classes; the first `wrong` of n examples are answered wrongly. */
function answers(n: number, wrong: number): Predictions {
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  const logits = new Float32Array(2 * n);
  labels.forEach((label, i) => (logits[2 * i + (i < wrong ? 1 - label : label)] = 3));
  return { logits, labels };
}
const seeds = [0, 1, 2, 3, 4];
const tiny = (n: number, scratchWrong: number, distilledWrong: number) => {
  const runs = (wrong: number) => seeds.map((seed) => run(seed, 0, { test: answers(n, Math.min(n, wrong)) }));
  return summarize(
    experiment({
      examples: { train: 1000, labelled: 100, validation: 200, test: n },
      classes: ['a', 'b'],
      teacher: arm('teacher', [run(0, 0, { test: answers(n, 0) })], { softTargets: 'none' }),
      scratch: arm('scratch', runs(scratchWrong), { scratch: null, softTargets: 'none' }),
      arms: [arm('kd-t4', runs(distilledWrong), { primary: true }), arm('kd-t8', runs(distilledWrong))],
    }),
  );
};

it.each([
  [5, 0, 0],
  [5, 5, 5],
  [5, 5, 0],
  [5, 0, 5],
  [5, 2, 1],
  [2, 1, 0],
  [1, 1, 0],
  [49, 20, 0],
])('%d test examples, %d wrong alone and %d distilled: no verdict, and why', (n, alone, distilled) => {
  const summary = tiny(n, alone, distilled);
  for (const one of summary.comparisons) {
    expect(one).toMatchObject({
      verdict: 'INCONCLUSIVE',
      interval: null,
      p: null,
      pHolm: null,
      information: null,
    });
    expect(one.mean).toBeCloseTo((alone - distilled) / n, 12);
    expect(one.sentence).toMatch(
      / test examples?, each worth .*A verdict needs at least 50 test examples\.$/,
    );
  }
  expect(JSON.stringify(summary)).not.toMatch(/NaN|Infinity/);
  const page = report(summary, {
    made: '2025-11-21T14:02:00Z',
    curves: [],
    configuration: [],
    environment: [],
    calibration: [],
    command: 'distillery run few',
    files: [],
    laboratory: null,
  });
  expect(page).not.toMatch(/undefined|NaN|\bnull\b|Infinity/);
});

it('fifty are enough', () => {
  expect(tiny(50, 20, 0).comparisons[0]).toMatchObject({ verdict: 'BEATS', interval: { level: 0.95 } });
});
