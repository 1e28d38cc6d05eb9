import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/config/paper';
import { paperRows } from '../../../src/results/paper';
import { report, type ReportExtras } from '../../../src/results/report';
import { summarize } from '../../../src/results/summarize';
import type { ArmSummary, Summary } from '../../../src/results/summary';
import { arm, experiment, predictions, run } from './experiment';

const plain = (text: string | null | undefined) => text?.replaceAll('\u202f', ' ') ?? null;
const told = (summary: Summary, ours: Figure['ours'], of?: string[]) =>
  plain(
    paperRows({ source: 's', figures: [{ what: 'w', value: 'v', ours, ...(of && { of }) }] }, summary)[0]
      ?.ours,
  );

/** Five seeds whose answers to class 2 are wrong by a margin of 1, those to the others right by 4. */
const shy = () => {
  const { labels } = predictions(0);
  const logits = new Float32Array(labels.length * 3);
  labels.forEach((label, i) => {
    logits[3 * i + label] = label === 2 ? 3 : 4;
    if (label === 2) logits[3 * i] = 4;
  });
  return { logits, labels };
};
const without = arm(
  'without-c',
  [0, 1, 2, 3, 4].map((seed) => run(seed, 0, { validation: shy(), test: shy() })),
  { title: 'without c', primary: true, missing: [2] },
);

describe('beside a paper', () => {
  const summary = summarize(experiment());

  it('stand the numbers of the summary, for the arms that are named', () => {
    expect(told(summary, 'testErrors', ['teacher', 'scratch', 'headline'])).toBe('10.0 / 42.0 / 22.0 of 200');
    expect(told(summary, 'accuracy', ['teacher', 'KD T 4 · α 0.9'])).toBe('95.0 % / 89.0 %');
    expect(told(summary, 'gain')).toMatch(/^\+10\.0 pp \(95 % CI \+\d\.\d pp to \+\d+\.\d pp\)$/);
    expect(told(summary, 'gapClosed')).toBe('63 %');
  });

  it('stands nothing for what is not known', () => {
    expect(told(summary, 'accuracy', ['teacher', 'nobody'])).toBeNull();
    expect(told(summary, 'biasCorrected')).toBeNull();
    expect(told(summary, 'bestTemperature')).toBeNull();
  });

  it('stands the accuracy before and after the bias of the missing classes', () => {
    const corrected = summarize(experiment({ arms: [without] }));
    expect(told(corrected, 'missingClasses')).toMatch(
      /^0\.0 %, with a bias of \d+\.\d fitted on validation 100\.0 %; fitted on test, as in the paper: 100\.0 %$/,
    );
    expect(told(corrected, 'biasCorrected')).toMatch(
      /^67\.0 %, with a bias of \d+\.\d fitted on validation 100\.0 %/,
    );
    const [found] = corrected.arms;
    expect(found?.bias?.missing).toEqual([2]);
    expect(found?.bias?.fitted.mean).toBeGreaterThan(1);
  });

  it('stands the best temperature by what else a sweep varies, by validation', () => {
    const cell = (units: number, temperature: number, validation: number): ArmSummary => ({
      ...summary.arms[0]!,
      slug: `${units}-${temperature}`,
      role: 'cell',
      cell: { units, temperature },
      validation: { mean: validation, sd: 0, n: 5 },
      test: { mean: 1 - validation, sd: 0, n: 5 },
    });
    const swept: Summary = {
      ...summary,
      arms: [cell(8, 1, 0.9), cell(8, 20, 0.8), cell(64, 1, 0.9), cell(64, 20, 0.95)],
      sweep: {
        parameters: [
          { path: 'units', label: 'hidden units', values: [8, 64] },
          { path: 'temperature', label: 'T', values: [1, 20] },
        ],
        search: 'grid',
        winner: null,
        confirmation: null,
        optimism: null,
      },
    };
    expect(told(swept, 'bestTemperature')).toBe(
      'hidden units 8: T 1 (90.0 % on validation) · hidden units 64: T 20 (95.0 % on validation)',
    );
  });
});

describe('the report', () => {
  const extras: ReportExtras = {
    made: '2025-11-21T14:02:00Z',
    curves: [],
    configuration: [],
    environment: [],
    calibration: [],
    laboratory: null,
    classes: null,
    command: '',
    files: [],
  };
  const figures: Figure[] = [
    { what: 'errors', value: '67 / 146 / 74', ours: 'testErrors', of: ['teacher', 'scratch'] },
  ];

  it('shows the paper where the experiment names one, and the bias where a class is missing', () => {
    const page = report(summarize(experiment({ arms: [without] })), {
      ...extras,
      paper: { source: 'Hinton 2015, §3', figures },
    });
    for (const part of [
      'Beside the paper',
      'Hinton 2015, §3',
      '67 / 146 / 74',
      '10.0 / 42.0 of 200',
      'Classes missing from the transfer set',
      'without c',
    ])
      expect(page).toContain(part);
    const bare = report(summarize(experiment()), extras);
    expect(bare).not.toContain('Beside the paper');
    expect(bare).not.toContain('Classes missing from the transfer set');
  });
});
