import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveArms } from '../../../src/config/resolveArms';
import { plannedSteps } from '../../../src/config/budget';
import { configKind } from '../../../src/config/kinds';
import { lint } from '../../../src/config/lints';
import { readConfig, readExperiment } from '../../../src/config/read';
import { describeNetwork } from '../../../src/config/shapes';
import { describeData } from '../../../src/data/load';
import { publishedSchemas } from '../../../src/runs/schemas';

const root = join(import.meta.dirname, '../../..');
const samples = readdirSync(join(root, 'samples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => !file.includes('runs/') && configKind(file) !== null)
  .map((file) => join(root, 'samples', file));

describe('every sample', () => {
  it.each(samples)('%s is valid', (file) => {
    expect(readConfig(file).diagnostics).toEqual([]);
  });

  it.each(samples.filter((file) => configKind(file) === 'experiment'))(
    '%s has nothing doubtful',
    async (file) => {
      const { experiment, diagnostics } = readExperiment(file);
      expect(diagnostics).toEqual([]);
      if (!experiment) throw new Error('not read');
      expect(experiment.root).toBe(join(root, 'samples'));
      const data = await describeData(experiment.config.data, experiment.root);
      expect(lint(experiment, { data })).toEqual([]);
    },
  );
});

describe('the quickstart', () => {
  const { experiment } = readExperiment(join(root, 'samples/quickstart/few-labels.distill.json'));
  if (!experiment) throw new Error('not read');
  const { teacher, student, config } = experiment;

  it('has the expected networks, data and budget', () => {
    expect(describeNetwork(teacher.config.layers ?? [], [64])).toMatchObject({
      title: 'MLP 64-256-256-10',
      total: 85_002,
    });
    expect(describeNetwork(student.config.layers ?? [], [64])).toMatchObject({
      title: 'MLP 64-16-10',
      total: 1_210,
    });
    expect(teacher.config.layers?.flatMap((l) => (l.type === 'dropout' ? [l.rate] : []))).toEqual([
      0.1, 0.5, 0.5,
    ]);
    const training = ({ config: { training } }: typeof teacher | typeof student) => [
      training.optimizer.type,
      training.optimizer.learningRate,
      training.schedule.type,
      training.batchSize,
      plannedSteps(training, 100),
    ];
    expect(training(teacher)).toEqual(['adam', 2e-3, 'cosine', 50, 600]);
    expect(training(student)).toEqual(['adam', 0.02, 'cosine', 50, 800]);
    expect(config.data).toMatchObject({
      source: 'digits',
      split: { train: 1000, validation: 297, test: 500, seed: 0, stratified: true },
      labels: { count: 100 },
    });
    expect(experiment.seeds).toEqual([0, 1, 2, 3, 4]);
    expect(
      resolveArms(experiment).map((a) => [a.method.parameters['temperature'], a.transferSet, a.primary]),
    ).toEqual([
      [undefined, 'labelled', false],
      [4, 'labelled', true],
      [2, 'all', false],
    ]);
  });

  it('shares its networks with all-labels, which has a minGain of 1.5 points', () => {
    const other = readExperiment(join(root, 'samples/all-labels/all-labels.distill.json')).experiment;
    expect(other?.teacher.file).toBe(teacher.file);
    expect(other?.student.file).toBe(student.file);
    expect(other?.config).toMatchObject({ minGain: 1.5, data: { split: config.data.split } });
    expect(other?.config.data.labels).toBeUndefined();
  });
});

describe('files derived from the source', () => {
  it('is up to date in schemas/', () => {
    const published = Object.entries(publishedSchemas());
    expect(readdirSync(join(root, 'schemas')).sort()).toEqual(
      published.map(([name]) => `${name}.schema.json`).sort(),
    );
    for (const [name, schema] of published)
      expect(
        JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')),
        `run node scripts/schemas.mjs`,
      ).toEqual(schema);
  });

  it.each(['schemas', 'docs'])('scripts/%s.mjs --check agrees', (script) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, `scripts/${script}.mjs`), '--check'], {
      encoding: 'utf8',
    });
    expect(stderr).not.toContain('is not what the source says');
    expect(status).toBe(0);
  });

  it('describes every key and offers every method', () => {
    const undescribed: string[] = [];
    const visit = (schema: Record<string, unknown>, path: string) => {
      for (const [key, value] of Object.entries(
        (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        if (key !== '$schema' && value['description'] === undefined) undescribed.push(`${path}.${key}`);
        visit(value, `${path}.${key}`);
        const forms = (value['oneOf'] ??
          (value['items'] as Record<string, unknown> | undefined)?.['oneOf'] ??
          []) as Record<string, unknown>[];
        forms.forEach((form, index) => visit(form, `${path}.${key}[${index}]`));
      }
    };
    for (const kind of ['teacher', 'student', 'experiment', 'settings'])
      visit(publishedSchemas()[kind] ?? {}, kind);
    expect(undescribed).toEqual([]);
    const arms = publishedSchemas()['experiment'] as {
      properties: { arms: { items: { defaultSnippets: { body: object }[] } } };
    };
    for (const { body } of arms.properties.arms.items.defaultSnippets) {
      const text = JSON.stringify({
        data: { source: 'digits' },
        teacher: 't.teacher.json',
        student: 's.student.json',
        arms: [body],
      });
      expect(readConfig('/w/x.distill.json', text).diagnostics).toEqual([]);
    }
  });
});
