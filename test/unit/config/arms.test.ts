import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { slugOf } from '../../../src/config/arms';
import { resolveArms } from '../../../src/config/resolveArms';
import { epochExamples, plannedSteps } from '../../../src/config/budget';
import { hoverText } from '../../../src/config/hover';
import { readExperiment } from '../../../src/config/read';
import { trainingSchema } from '../../../src/config/training';
import { EXPERIMENT, quickstartWith, workspace } from './workspace';

const first = '"name": "distilled", "method": "hinton", "temperature": 4, "alpha": 0.9';

function armsOf(replacement: string, primary?: string) {
  const changes: [string, string][] = [[first, replacement]];
  if (primary !== undefined) changes.push(['"seeds": 5', `"seeds": 5, "primary": "${primary}"`]);
  const root = workspace(quickstartWith({ [EXPERIMENT]: changes }));
  const { experiment } = readExperiment(join(root, EXPERIMENT));
  if (!experiment) throw new Error('no experiment');
  return resolveArms(experiment);
}
const firstArm = (replacement: string) => armsOf(replacement)[1];

describe('arms', () => {
  it('begin with scratch, on the labels that the student has', () => {
    const [scratch, distilled, unlabelled] = armsOf(first);
    expect(scratch).toMatchObject({
      slug: 'scratch',
      scratch: true,
      primary: false,
      method: { id: 'hardLabels', weights: { student: 1 } },
      transferSet: 'labelled',
    });
    expect(distilled).toMatchObject({ slug: 'distilled', title: 'distilled', primary: true, scratch: false });
    expect(unlabelled).toMatchObject({ slug: 'kd-t2-a0-9-all', primary: false, transferSet: 'all' });
  });

  it.each([
    ['"method": "hinton", "temperature": 4, "alpha": 0.5', 'KD T 4 · α 0.5'],
    ['"method": "hinton"', 'KD T 4 · α 0.9'],
    ['"method": "hinton", "temperature": 2.5, "alpha": 1', 'KD T 2.5 · α 1'],
    ['"method": "hinton", "beta": 0.5', 'KD T 4 · β 0.5 · α 1'],
    ['"method": "hinton", "beta": 2, "alpha": 0.25', 'KD T 4 · β 2 · α 0.25'],
    ['"method": "hinton", "scaleByT2": false', 'KD T 4 · α 0.9 · scaleByT2 false'],
    ['"method": "hinton", "softLoss": "crossEntropy"', 'KD T 4 · α 0.9 · softLoss crossEntropy'],
    ['"method": "logitMatching"', 'Logit matching · α 0.9'],
    ['"method": "labelSmoothing"', 'Label smoothing · ε 0.1'],
    ['"method": "logitMatching", "transferSet": "all"', 'Logit matching · α 0.9 · all'],
    ['"method": "hinton", "transferSet": "all", "name": "mine"', 'mine'],
    ['"method": "hinton", "transferClasses": { "without": ["3", "5"] }', 'KD T 4 · α 0.9 · without 3, 5'],
    ['"method": "hinton", "transferClasses": { "only": ["7", "8"] }', 'KD T 4 · α 0.9 · only 7, 8'],
  ])('%s is called %s', (fields, title) => expect(firstArm(fields)?.title).toBe(title));

  it('with some classes are compared with one scratch on the same classes', () => {
    const some = '"method": "hinton", "transferClasses": { "without": ["3"] }';
    const arms = armsOf(`${some} }, { ${some}, "temperature": 8 }, { "method": "hinton"`);
    expect(arms.map(({ title, pairedWith }) => [title, pairedWith])).toEqual([
      ['Scratch', null],
      ['KD T 4 · α 0.9 · without 3', 'scratch-without-3'],
      ['KD T 8 · α 0.9 · without 3', 'scratch-without-3'],
      ['KD T 4 · α 0.9', 'scratch'],
      ['KD T 2 · α 0.9 · all', 'scratch'],
      ['Scratch · without 3', null],
    ]);
    expect(arms.at(-1)).toMatchObject({ scratch: true, transferClasses: { without: ['3'] } });
  });

  it('do not include a scratch that no arm is compared with', () => {
    const { experiment } = readExperiment(join(workspace(quickstartWith()), EXPERIMENT));
    const { config } = experiment!;
    const some = config.arms.map((arm) => ({ ...arm, transferClasses: { without: ['3'] } }));
    const arms = resolveArms({ ...experiment!, config: { ...config, arms: some } });
    expect(arms.filter(({ scratch }) => scratch).map(({ title }) => title)).toEqual(['Scratch · without 3']);
    expect(arms[0]!.slug).toBe('scratch-without-3');
    expect(arms.slice(1).every(({ pairedWith }) => pairedWith === 'scratch-without-3')).toBe(true);
  });

  it('resolve both forms of the loss and say where each weight came from', () => {
    expect(firstArm('"method": "hinton", "alpha": 0.75')).toMatchObject({
      method: { weights: { distillation: 0.75, student: 0.25 } },
      origins: {
        distillationWeight: 'from alpha 0.75',
        studentWeight: 'from alpha 0.75',
        temperature: 'default',
        alpha: EXPERIMENT,
      },
    });
    expect(firstArm('"method": "hinton", "alpha": 0.5, "beta": 2')).toMatchObject({
      method: { weights: { distillation: 2, student: 0.5 } },
      origins: { distillationWeight: 'from beta 2', studentWeight: 'from alpha 0.5' },
    });
    expect(firstArm('"method": "hinton"')).toMatchObject({
      origins: { distillationWeight: 'default', method: EXPERIMENT },
    });
  });

  it('name the primary by its name or its title', () => {
    expect(armsOf(first, 'KD T 2 · α 0.9 · all').map((arm) => arm.primary)).toEqual([false, false, true]);
    expect(armsOf(first, 'distilled').map((arm) => arm.primary)).toEqual([false, true, false]);
  });

  it('have unique slugs for folders', () => {
    expect(slugOf('KD T 4 · α 0.9')).toBe('kd-t4-a0-9');
    expect(slugOf('  Größe / ../x ')).toBe('gro-e-x');
    expect(slugOf('日本')).toBe('arm');
    const slugs = armsOf('"method": "hinton", "name": "Scratch"').map((arm) => arm.slug);
    expect(slugs.slice(0, 2)).toEqual(['scratch', 'scratch-2']);
  });
});

describe('hover', () => {
  const hover = (arm: string, key: string) => {
    const text = `// α\n{ "arms": [{ ${arm} }] }`;
    return hoverText(text, text.indexOf(`"${key}"`) + 1);
  };

  it('shows both weights, because alpha has another meaning together with beta', () => {
    for (const key of ['alpha', 'beta']) {
      const text = hover('"method": "hinton", "alpha": 0.5, "beta": 2', key);
      expect(text).toContain('**distillationWeight 2** · **studentWeight 0.5**');
      expect(text).toContain('β·distillation + α·student');
    }
    expect(hover('"method": "hinton", "alpha": 0.9', 'alpha')).toContain(
      '**distillationWeight 0.9** · **studentWeight 0.1**',
    );
  });

  it('says what the temperature does', () => {
    expect(hover('"method": "hinton", "temperature": 4', 'temperature')).toContain('T² = 16');
    expect(hover('"method": "hinton", "temperature": 4, "scaleByT2": false', 'temperature')).toContain(
      '1/16',
    );
  });

  it('is absent elsewhere and in invalid text', () => {
    expect(hover('"method": "hinton", "temperature": 4', 'method')).toBeNull();
    expect(hover('"method": "hinton", "temperature": -4', 'temperature')).toBeNull();
    expect(hoverText('{ "arms": [{ "alpha": ', 15)).toBeNull();
    expect(hoverText('', 0)).toBeNull();
  });
});

describe('the budget', () => {
  const steps = (training: object, labelled: number) =>
    plannedSteps(trainingSchema.parse(training), labelled);
  it('is counted once, on the labelled examples', () => {
    expect(steps({ steps: 800 }, 100)).toBe(800);
    expect(steps({ epochs: 30, batchSize: 50 }, 100)).toBe(60);
    expect(steps({ epochs: 30, batchSize: 50 }, 101)).toBe(90);
    expect(steps({ batchSize: 50 }, 100)).toBe(40);
    expect(steps({ epochs: 3, batchSize: 50 }, 10)).toBe(3);
  });

  it('counts passes over the transfer set, of which scratch sees the labelled part', () => {
    const counts = { train: 1000, labelled: 100, validation: 0, test: 0 };
    const data = { classes: ['a', 'b', 'c'], perClass: [500, 250, 250], counts };
    expect(epochExamples(data)).toBe(100);
    expect(epochExamples(data, { without: ['b'] })).toBe(75);
    expect(epochExamples(data, { only: ['a'] })).toBe(50);
    expect(epochExamples(data, { only: ['a', 'b', 'c'] })).toBe(100);
  });
});
