import { expect, it } from 'vitest';
import { temperatureSection } from '../../../../src/results/report/temperature';
import type { ReportExtras } from '../../../../src/results/report/extras';
import type { Laboratory } from '../../../../src/results/laboratory/laboratory';
import { summarize } from '../../../../src/results/summarize';
import { laboratory, measured } from '../../../fixtures/laboratory';
import { experiment } from '../experiment';

const section = (of: Laboratory | null) => {
  const extras: ReportExtras = {
    made: '2025-11-21T14:02:00Z',
    curves: [],
    configuration: [],
    environment: [],
    calibration: [],
    command: '',
    files: [],
    laboratory: of,
  };
  return temperatureSection.content(summarize(experiment()), extras)?.text ?? null;
};

it('has the recommendation, its warnings and what T does, of which run and how many examples', () => {
  const given = laboratory();
  const html = section({ ...given, measured: { ...measured, examples: { used: 1000, of: 9000 } } })!;
  expect(html).toContain('<strong>T 8, α 1</strong>: <strong>+5.7 pp</strong> over scratch');
  expect(html).toContain(given.recommendation!.reason);
  expect(html).toContain(given.warnings[0]!.remedy);
  expect(html.replace(/\s+/g, ' ')).toContain(
    'seed 0: from the logits of 1,000 of the 9,000 validation examples',
  );
  for (const title of [
    'Softness of the targets',
    'Probability of the true class',
    'share of the gradient',
    'High-T limit',
  ])
    expect(html).toContain(title);
  expect(html).toContain('student 0.71, scratch 0.42');
  expect(html).not.toMatch(/undefined|NaN|\bnull\b|Infinity/);
});

it('draws no line for a scratch that is not there, and says what was not computed with a dash', () => {
  const alone = {
    ...measured,
    entropy: { ...measured.entropy, scratch: null },
    trueClass: { ...measured.trueClass, scratch: null },
    order: { student: 0.5, scratch: null },
    caching: {
      ...measured.caching,
      float16: { ...measured.caching.float16, loss: measured.caching.temperatures.map(() => null) },
    },
  };
  const html = section({ ...laboratory(), measured: alone, recommendation: null, warnings: [] })!;
  expect(html).not.toContain('>scratch<');
  expect(html.match(/<td>–<\/td>/g)).toHaveLength(measured.caching.temperatures.length);
});

it('is left out where nothing is known', () => {
  expect(section(null)).toBeNull();
  expect(section({ ...laboratory(), measured: null, recommendation: null })).toBeNull();
});

it('keeps hostile names as text', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const given = laboratory();
  const warnings = [{ ...given.warnings[0]!, arms: [evil] }];
  expect(section({ ...given, title: evil, warnings })).not.toContain('<img');
});
