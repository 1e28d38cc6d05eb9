import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../../src/config/read';
import { resolveArms } from '../../../src/config/resolveArms';
import { cellCount, cellsOf, gridValues } from '../../../src/config/sweep/cells';
import { rungSteps, stagesOf, type Racer } from '../../../src/config/sweep/halving';
import { labelOf } from '../../../src/config/sweep/paths';
import { sweepSchema } from '../../../src/config/sweep/schema';
import { NO_DECISIONS } from '../../../src/config/sweep/stages';
import { EXPERIMENT, quickstartWith, workspace } from './workspace';

const read = (sweep: object, more = '') => {
  const text = `"seeds": 5, "sweep": ${JSON.stringify(sweep)}${more}`;
  const root = workspace(quickstartWith({ [EXPERIMENT]: [['"seeds": 5', text]] }));
  return { ...readExperiment(join(root, EXPERIMENT)), file: join(root, EXPERIMENT) };
};
const problems = (parameters: object, more: object = {}) => read({ parameters, ...more }).diagnostics;
const arms = (parameters: object, more = '') => resolveArms(read({ parameters }, more).experiment!);
const sweep = (value: object) => sweepSchema.parse(value);

describe('the cells of a sweep', () => {
  it('are every combination, the last parameter changing first', () => {
    expect(cellsOf(sweep({ parameters: { temperature: [1, 4], alpha: [0.5, 0.9, 1] } }))).toEqual([
      { temperature: 1, alpha: 0.5 },
      { temperature: 1, alpha: 0.9 },
      { temperature: 1, alpha: 1 },
      { temperature: 4, alpha: 0.5 },
      { temperature: 4, alpha: 0.9 },
      { temperature: 4, alpha: 1 },
    ]);
  });

  it('divide a range by equal differences or equal ratios, with exact ends', () => {
    const values = (range: object) => gridValues(sweep({ parameters: { x: range } }).parameters['x']!);
    expect(values({ from: 1, to: 2, count: 3 })).toEqual([1, 1.5, 2]);
    expect(values({ from: 1e-3, to: 1e-1, scale: 'log', count: 3 })).toEqual([1e-3, 1e-2, 1e-1]);
    expect(values({ from: 8, to: 64, scale: 'log', count: 4, whole: true })).toEqual([8, 16, 32, 64]);
  });

  it('are counted without being created', () => {
    const many = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(cellCount(sweep({ parameters: { temperature: many, alpha: many, beta: many } }))).toBe(1e6);
  });

  it('drawn at random are distinct, within their range, and start with those of a smaller count', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(1000), (random, seed) => {
        const parameters = {
          temperature: { from: 1, to: 20, scale: 'log' },
          alpha: [0.1, 0.5, 0.9],
        };
        const cells = cellsOf(sweep({ parameters, search: { random, seed } }));
        expect(new Set(cells.map((cell) => JSON.stringify(cell))).size).toBe(random);
        for (const { temperature, alpha } of cells) {
          expect(temperature).toBeGreaterThanOrEqual(1);
          expect(temperature).toBeLessThanOrEqual(20);
          expect([0.1, 0.5, 0.9]).toContain(alpha);
        }
        const more = cellsOf(sweep({ parameters, search: { random: random + 5, seed } }));
        expect(more.slice(0, random)).toEqual(cells);
      }),
    ));
});

describe('the arms of a sweep', () => {
  it('are its cells, except one that the file lists already', () => {
    const all = arms({ temperature: [1, 4], alpha: [0.5, 0.9] });
    expect(all.map(({ title, role, cell, pairedWith }) => [title, role, cell, pairedWith])).toEqual([
      ['Scratch', 'listed', null, null],
      ['distilled', 'listed', { temperature: 4, alpha: 0.9 }, 'scratch'],
      ['KD T 2 · α 0.9 · all', 'listed', null, 'scratch'],
      ['KD T 1 · α 0.5', 'cell', { temperature: 1, alpha: 0.5 }, 'scratch'],
      ['KD T 1 · α 0.9', 'cell', { temperature: 1, alpha: 0.9 }, 'scratch'],
      ['KD T 4 · α 0.5', 'cell', { temperature: 4, alpha: 0.5 }, 'scratch'],
    ]);
  });

  it('have one scratch for each setting that scratch shares', () => {
    const all = arms({ 'student.layers.0.units': [8, 16], temperature: [1, 4] });
    const scratches = all.filter((arm) => arm.scratch);
    expect(scratches.map(({ title }) => title)).toEqual(['Scratch', 'Scratch · layer 1 units 8']);
    for (const arm of all) {
      if (arm.scratch) continue;
      const own = scratches.find(({ slug }) => slug === arm.pairedWith);
      expect(own?.setting.student.config).toEqual(arm.setting.student.config);
    }
  });

  it('vary the method, with the parameters that it has', () => {
    const all = arms({ method: ['hinton', 'logitMatching'], temperature: [1, 4] });
    const cells = all.filter((arm) => arm.cell !== null);
    expect(cells.map(({ title }) => title)).toEqual([
      'distilled',
      'KD T 1 · α 0.9',
      'Logit matching · α 0.9',
    ]);
  });

  it('replace conflicting settings: labels, budgets', () => {
    const labels = arms({ 'data.labels.fraction': [0.05, 0.2] }).filter((arm) => arm.role === 'cell');
    expect(labels.map((arm) => arm.setting.config.data.labels)).toEqual([
      { fraction: 0.05 },
      { fraction: 0.2 },
      { fraction: 0.05 },
      { fraction: 0.2 },
    ]);
    const [epochs] = arms({ 'student.training.epochs': [3] }).filter((arm) => arm.role === 'cell');
    expect(epochs?.setting.student.config.training).toMatchObject({ epochs: 3 });
    expect(epochs?.setting.student.config.training.steps).toBeUndefined();
  });

  it('continue with the winner and its scratch on fresh seeds, which become the headline', () => {
    const { experiment } = read({ parameters: { temperature: [1, 4] }, confirm: 3 });
    const all = resolveArms(experiment!, { ...NO_DECISIONS, winner: 'kd-t1-a0-9' });
    expect(all.slice(-2).map(({ title, role, seeds, scratch }) => ({ title, role, seeds, scratch }))).toEqual(
      [
        { title: 'Scratch · fresh seeds', role: 'confirmation', seeds: [5, 6, 7], scratch: true },
        { title: 'KD T 1 · α 0.9 · fresh seeds', role: 'confirmation', seeds: [5, 6, 7], scratch: false },
      ],
    );
    expect(all.filter((arm) => arm.primary)).toEqual([all.at(-1)]);
    expect(all.at(-1)?.pairedWith).toBe('scratch-fresh-seeds');
  });

  it('leave the headline to the arm that the file names', () => {
    const { experiment } = read({ parameters: { temperature: [1, 4] } }, ', "primary": "distilled"');
    const all = resolveArms(experiment!, { ...NO_DECISIONS, winner: 'kd-t1-a0-9' });
    expect(all.filter((arm) => arm.primary).map(({ title }) => title)).toEqual(['distilled']);
  });

  it('tune scratch over as many settings as the sweep has, and compare with the best', () => {
    const { experiment } = read(
      { parameters: { temperature: [1, 2, 4], alpha: [0.5, 0.9, 1] } },
      ', "scratch": "tuned"',
    );
    const searched = resolveArms(experiment!, { ...NO_DECISIONS, winner: 'distilled' });
    const tried = searched.filter((arm) => arm.scratch).map((arm) => arm.setting.student.config.training);
    // Nine learning rates from a tenth to ten times the file's, which is the one in the middle.
    expect(tried.map(({ optimizer }) => optimizer.learningRate)).toEqual([
      0.02, 0.002, 0.00356, 0.00632, 0.0112, 0.0356, 0.0632, 0.112, 0.2,
    ]);
    const all = resolveArms(experiment!, {
      ...NO_DECISIONS,
      winner: 'distilled',
      scratch: 'scratch-learningrate-0-0112',
    });
    expect(all.at(-1)?.pairedWith).toBe(all.at(-2)?.slug);
    expect(all.at(-2)?.setting.student.config.training.optimizer.learningRate).toBe(0.0112);
  });

  it('are labelled by what changes', () => {
    expect(labelOf('temperature')).toBe('T');
    expect(labelOf('student.layers.hidden.units')).toBe('hidden units');
    expect(labelOf('student.training.optimizer.learningRate')).toBe('learningRate');
    expect(labelOf('data.labels.fraction')).toBe('labels fraction');
  });
});

describe('errors in a sweep', () => {
  it.each<[string, object, string]>([
    ['a parameter', { temprature: [1] }, 'Unknown path “temprature”. Did you mean “temperature”?'],
    [
      'a path into the student',
      { 'student.training.optimizer.learningrate': [0.1] },
      'Unknown path “student.training.optimizer.learningrate”. Did you mean “student.training.optimizer.learningRate”?',
    ],
    [
      'a layer that is not there',
      { 'student.layers.9.units': [8] },
      'Unknown path “student.layers.9.units”. Did you mean “student.layers.0.units”?',
    ],
  ])('%s: did you mean, with a fix', (_, parameters, message) => {
    const { diagnostics, experiment } = read({ parameters });
    expect(diagnostics).toMatchObject([{ code: 'unknown-path', severity: 'error', message }]);
    const [fix] = diagnostics[0]!.fixes;
    expect(fix?.edits[0]?.text).toBe(JSON.stringify(/“([^”]+)”\?$/.exec(message)?.[1]));
    expect(experiment).not.toBeNull();
  });

  it('an invalid value, at its place', () => {
    const found = problems({ temperature: [1, 0, 4], alpha: [0.5] });
    expect(found).toMatchObject([{ code: 'wrong-cell' }]);
    expect(found[0]?.message).toContain('temperature cannot be 0: Expected a temperature above 0');
    expect(problems({ 'student.layers.0.units': [8, 2.5] })).toMatchObject([{ code: 'wrong-cell' }]);
  });

  it.each<[string, unknown, string]>([
    ['student.training.optimizer.learningRate', -1, 'must be above 0, but is -1.'],
    ['student.training.optimizer.type', 'adm', 'must be "sgd", "adam" or "adamw", but is "adm".'],
    ['student.layers.0.units', 'a', 'must be a whole number, but is "a".'],
    ['method', 'hintn', 'Did you mean “hinton”?'],
    ['transferSet', 'some', 'must be "labelled" or "all", but is "some".'],
    ['data.standardize', 'yes', 'must be "auto" or true or false, but is "yes".'],
  ])('%s: what it must be', (path, value, message) => {
    const [found] = problems({ [path]: [value] });
    expect(found?.message.startsWith(`${path} must be `)).toBe(true);
    expect(found?.message).toContain(message);
  });

  it('of a sweep that is too large, only the first values of each path are checked', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => i + 1);
    expect(problems({ temperature: [...many, -1] })).toMatchObject([{ code: 'too-many-cells' }]);
    expect(problems({ temperature: [-1, ...many] })).toMatchObject([
      { code: 'wrong-cell' },
      { code: 'too-many-cells' },
    ]);
    expect(problems({ temperature: { from: 1, to: 20, count: 300_000 } })).toMatchObject([
      { message: 'count must be at most 10000, but is 300000.' },
    ]);
  });

  it('α of 0 is a cell like any other', () => {
    expect(problems({ alpha: [0, 0.5, 1] })).toEqual([]);
  });

  it('a million cells, with their number, time and a fix', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i + 1);
    const found = problems({ temperature: many, 'student.layers.0.units': many });
    expect(found).toMatchObject([{ code: 'too-many-cells', severity: 'error' }]);
    expect(found[0]?.message).toMatch(
      /^1,000,000 cells with 5 seeds are 5,000,000 trainings, at least \d+ days/,
    );
    expect(found[0]?.fixes[0]?.edits[0]?.text).toContain('{"random":50}');
  });

  it('an unknown arm, a tuned scratch without a sweep, a winner without fresh seeds', () => {
    expect(problems({ temperature: [1] }, { arm: 'distiled' })).toMatchObject([{ code: 'unknown-arm' }]);
    expect(problems({ temperature: [1, 2] }, { confirm: 0 })).toMatchObject([
      { code: 'unconfirmed-winner', severity: 'warning' },
    ]);
    const root = workspace(
      quickstartWith({ [EXPERIMENT]: [['"seeds": 5', '"seeds": 5, "scratch": "tuned"']] }),
    );
    expect(readExperiment(join(root, EXPERIMENT)).diagnostics).toMatchObject([
      { code: 'tuned-without-sweep' },
    ]);
  });
});

describe('successive halving', () => {
  const halving = { factor: 3, rungs: 2 };

  it('compares at fractions of the budget', () => {
    expect(rungSteps(halving, 900)).toEqual([100, 300]);
    expect(rungSteps(halving, 2)).toEqual([1]);
  });

  it('continues the best third at each rung', () => {
    const racer = (slug: string, ...losses: (number | null)[]): Racer => ({ slug, steps: 900, losses });
    const nine = [5, 3, 8, 1, 9, 2, 7, 6, 4];
    const first = stagesOf(
      nine.map((loss, i) => racer(`c${i}`, i === 4 ? null : loss, null)),
      halving,
    );
    expect([...first.values()]).toEqual(nine.map(() => ({ until: 100 })));
    const second = stagesOf(
      nine.map((loss, i) => racer(`c${i}`, loss, null)),
      halving,
    );
    expect([...second].filter(([, stage]) => 'until' in stage).map(([slug]) => slug)).toEqual([
      'c1',
      'c3',
      'c5',
    ]);
    expect(second.get('c3')).toEqual({ until: 300 });
    expect(second.get('c0')).toEqual({ ended: 100 });
    const third = stagesOf(
      nine.map((loss, i) => racer(`c${i}`, loss, i === 5 ? 0.1 : loss)),
      halving,
    );
    expect(third.get('c5')).toEqual({ until: null });
    expect(third.get('c3')).toEqual({ ended: 300 });
    expect(third.get('c0')).toEqual({ ended: 100 });
  });

  it('keeps at least one, eliminates diverged ones, and does not depend on the order', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 2, max: 4 }),
        (losses, factor) => {
          const racers = losses.map((loss, i): Racer => ({
            slug: `c${i}`,
            steps: 500,
            losses: [i === 0 ? Infinity : loss, loss],
          }));
          const rule = { factor, rungs: 2 };
          const stages = stagesOf(racers, rule);
          const left = [...stages].filter(([, stage]) => 'until' in stage);
          expect(left.length).toBeGreaterThanOrEqual(1);
          expect(left.length).toBeLessThanOrEqual(Math.ceil(Math.ceil(losses.length / factor) / factor));
          if (losses.length > 1) expect(stages.get('c0')).toMatchObject({ ended: rungSteps(rule, 500)[0] });
          const turned = stagesOf([...racers].reverse(), rule);
          for (const [slug, stage] of stages) expect(turned.get(slug)).toEqual(stage);
        },
      ),
    ));
});
