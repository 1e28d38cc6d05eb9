import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/config/document';
import { readExperiment } from '../../../src/config/read';
import { denseLayers, denseWeights, keras2, modelJson, weightBytes } from '../../fixtures/savedModels';
import { EXPERIMENT, quickstartWith, STUDENT, TEACHER, workspace } from './workspace';

const messages = (found: { message: string }[]) => found.map((d) => d.message);

describe('an experiment', () => {
  it('is resolved: root, folders, seeds, and where each value came from', () => {
    const files = Object.entries(quickstartWith()).map(
      ([name, text]) => [`experiments/few/${name}`, text] as const,
    );
    const root = workspace({
      ...Object.fromEntries<string>(files),
      'distillery.json': '{ "runs": "out", "parallelism": 3 }',
    });
    const { experiment, diagnostics } = readExperiment(join(root, 'experiments/few', EXPERIMENT));
    expect(diagnostics).toEqual([]);
    expect(experiment).toMatchObject({
      name: 'few-labels',
      root,
      runsFolder: join(root, 'out/few-labels'),
      teachersFolder: join(root, 'out/teachers'),
      parallelism: 3,
      seeds: [0, 1, 2, 3, 4],
      teacher: { file: join(root, 'experiments/few', TEACHER), name: 'mlp-256' },
      student: { name: 'mlp-16' },
    });
    expect(experiment?.origins).toMatchObject({
      'data.split.train': EXPERIMENT,
      'data.split.stratified': 'default',
      'arms.0.temperature': EXPERIMENT,
      'arms.0.scaleByT2': 'default',
      engine: 'default',
      seeds: EXPERIMENT,
    });
    expect(experiment?.student.origins).toMatchObject({
      'training.steps': STUDENT,
      'training.optimizer.beta1': 'default',
      'layers.0.units': STUDENT,
    });
  });

  it('has its own folder as the root if there is no distillery.json above', () => {
    const root = workspace(quickstartWith());
    const { experiment } = readExperiment(join(root, EXPERIMENT));
    expect(experiment).toMatchObject({
      root,
      runsFolder: join(root, 'runs/few-labels'),
      parallelism: 'auto',
    });
  });

  it('uses the texts of unsaved files', () => {
    const root = workspace(quickstartWith());
    const unsaved = quickstartWith({ [EXPERIMENT]: [['"seeds": 5', '"seeds": [7, 9, 11, 13]']] })[EXPERIMENT];
    const broken = new Map([[join(root, TEACHER), '{ "layers": [] }']]);
    const read = (texts: Map<string, string | undefined>) =>
      readExperiment(join(root, EXPERIMENT), (p) => texts.get(p));
    expect(read(new Map([[join(root, EXPERIMENT), unsaved]])).experiment?.seeds).toEqual([7, 9, 11, 13]);
    expect(read(broken).experiment).toBeNull();
    expect(read(broken).diagnostics).toMatchObject([{ file: join(root, TEACHER), code: 'wrong-value' }]);
  });

  it('has paths relative to the root', () => {
    const data = `"source": "csv", "file": "../../data/rows.csv", "label": "class", "labels": { "file": "some.txt" }`;
    const files = quickstartWith({
      [EXPERIMENT]: [
        ['"source": "digits",', `${data},`],
        ['"labels": { "count": 100 }', ''],
      ],
    });
    const text = (files[EXPERIMENT] ?? '').replace(/,\n *\/\/ Students[^\n]*\n\s*\n/, '\n');
    const root = workspace({
      'distillery.json': '{}',
      'data/rows.csv': 'a,class\n1,x\n',
      'e/a/some.txt': '1\n',
      [`e/a/${EXPERIMENT}`]: text,
      [`e/a/${TEACHER}`]: files[TEACHER] ?? '',
      [`e/a/${STUDENT}`]: files[STUDENT] ?? '',
    });
    const { experiment, diagnostics } = readExperiment(join(root, 'e/a', EXPERIMENT));
    expect(diagnostics).toEqual([]);
    expect(experiment?.config.data).toMatchObject({
      file: 'data/rows.csv',
      labels: { file: 'e/a/some.txt' },
    });
  });
});

describe('a missing file of an experiment', () => {
  it('is reported at its place, with a similar file as the fix', () => {
    const files = quickstartWith({ [EXPERIMENT]: [['"mlp-256.teacher.json"', '"mlp-265.teacher.json"']] });
    const root = workspace(files);
    const text = files[EXPERIMENT] ?? '';
    const { experiment, diagnostics } = readExperiment(join(root, EXPERIMENT));
    expect(experiment).toBeNull();
    const [missing, ...others] = diagnostics;
    expect(others).toEqual([]);
    expect(missing?.message).toBe(
      `The file mlp-265.teacher.json does not exist in ${root}. Did you mean “mlp-256.teacher.json”?`,
    );
    expect(text.slice(missing?.offset, (missing?.offset ?? 0) + (missing?.length ?? 0))).toBe(
      '"mlp-265.teacher.json"',
    );
    const after = applyEdits(text, missing?.fixes[0]?.edits ?? []);
    expect(
      readExperiment(join(root, EXPERIMENT), (p) => (p === join(root, EXPERIMENT) ? after : undefined))
        .diagnostics,
    ).toEqual([]);
  });

  it('has no fix if no file is similar', () => {
    const root = workspace(
      quickstartWith({ [EXPERIMENT]: [['"mlp-16.student.json"', '"resnet.student.json"']] }),
    );
    const { diagnostics } = readExperiment(join(root, EXPERIMENT));
    expect(diagnostics).toMatchObject([{ code: 'missing-file', fixes: [] }]);
  });

  it('may be a file of the other kind', () => {
    const root = workspace(
      quickstartWith({ [EXPERIMENT]: [['"mlp-256.teacher.json"', '"mlp-16.student.json"']] }),
    );
    expect(messages(readExperiment(join(root, EXPERIMENT)).diagnostics)).toEqual([
      'teacher must be the path of a file that ends in .teacher.json, but is “mlp-16.student.json”.',
    ]);
  });

  it('may be a data file: the experiment can still be shown', () => {
    const root = workspace(
      quickstartWith({
        [EXPERIMENT]: [['"source": "digits"', '"source": "npy", "inputs": "x.npy", "labelFile": "y.npy"']],
      }),
    );
    const { experiment, diagnostics } = readExperiment(join(root, EXPERIMENT));
    expect(experiment).not.toBeNull();
    expect(diagnostics.map((d) => d.code)).toEqual(['missing-file', 'missing-file']);
  });

  it('may be the experiment itself', () => {
    const root = workspace();
    expect(messages(readExperiment(join(root, EXPERIMENT)).diagnostics)).toEqual([
      `${EXPERIMENT}: The file does not exist.`,
    ]);
  });
});

describe('a saved model', () => {
  const weights = denseWeights(64, 10);
  const manifest = modelJson(keras2(denseLayers(64, [10, 'linear'])), weights);
  const read = (model: string, more: Record<string, string | Buffer> = {}) => {
    const root = workspace({
      ...quickstartWith(),
      [TEACHER]: '{ "model": "saved/model.json" }',
      'saved/model.json': model,
      ...more,
    });
    return { ...readExperiment(join(root, EXPERIMENT)), root };
  };

  it('is read with its weights', () => {
    const { experiment, diagnostics } = read(JSON.stringify(manifest), {
      'saved/weights.bin': weightBytes(weights),
    });
    expect(diagnostics).toEqual([]);
    expect(experiment?.teacher.config.model).toBe('saved/model.json');
  });

  it.each([
    [JSON.stringify(manifest), 'refers to the weights file weights.bin, which is not in the same folder'],
    ['{', 'is not valid JSON'],
    ['{}', 'lists no weights'],
    ['{ "format": "graph-model" }', 'is a graph model'],
  ])('%s is refused with a sentence', (model, sentence) => {
    const { diagnostics, root } = read(model);
    expect(diagnostics).toMatchObject([{ code: 'bad-model', file: join(root, TEACHER) }]);
    expect(diagnostics[0]?.message).toContain(sentence);
  });
});

describe('names and settings', () => {
  it('reserves the folder of teachers', () => {
    const files = quickstartWith();
    const root = workspace({ ...files, 'teachers.distill.json': files[EXPERIMENT] ?? '' });
    expect(messages(readExperiment(join(root, 'teachers.distill.json')).diagnostics)).toEqual([
      'The folder runs/teachers is used for the teachers of all experiments: rename this file.',
    ]);
  });

  it('reports errors in distillery.json there, and uses the defaults', () => {
    const root = workspace({ ...quickstartWith(), 'distillery.json': '{ "paralellism": 2 }' });
    const { experiment, diagnostics } = readExperiment(join(root, EXPERIMENT));
    expect(experiment?.parallelism).toBe('auto');
    expect(diagnostics).toMatchObject([
      {
        file: join(root, 'distillery.json'),
        message: 'Unknown key “paralellism”. Did you mean “parallelism”?',
      },
    ]);
  });
});
