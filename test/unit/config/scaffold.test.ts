import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { denseLayers, denseWeights, keras2, writeSavedModel } from '../../fixtures/savedModels';
import { resolveArms } from '../../../src/config/resolveArms';
import type { DataFacts } from '../../../src/config/facts';
import { lint } from '../../../src/config/lints';
import { readConfig, readExperiment } from '../../../src/config/read';
import {
  choices,
  defaultAnswers,
  experimentFiles,
  experimentPath,
  freeName,
  nameProblem,
  ownAnswer,
  samplePath,
  sampleNames,
  scaffoldExperiment,
  scaffoldSample,
  scaffoldStudent,
  scaffoldTeacher,
  suggestedName,
  writeScaffold,
  type Answers,
} from '../../../src/config/scaffold';
import { workspace } from './workspace';

const samples = join(import.meta.dirname, '../../../samples');

const factsOf = (inputShape: number[], classes: number, labelled: number): DataFacts => ({
  hash: 'x',
  inputShape,
  classes: Array.from({ length: classes }, (_, i) => String(i)),
  count: 1797,
  perClass: Array.from({ length: classes }, () => 100),
  labelFileHash: null,
  counts: { train: 1000, labelled, validation: 297, test: 500 },
});

const own: Answers['data'][] = [
  {
    id: 'csv',
    config: { source: 'csv', file: 'data/rows.csv', label: 'class' },
    inputShape: [7],
    classes: 3,
    count: 1000,
  },
  {
    id: 'npy',
    config: { source: 'npy', inputs: 'data/x.npy', labelFile: 'data/y.npy' },
    inputShape: [12, 12, 3],
    classes: 4,
    count: 1000,
  },
  {
    id: 'idx',
    config: { source: 'idx', images: 'data/i.gz', labelFile: 'data/l.gz' },
    inputShape: [28, 28, 1],
    classes: 10,
    count: 1000,
  },
];
const dataFiles = ['rows.csv', 'x.npy', 'y.npy', 'i.gz', 'l.gz'];

/** Every row of every question, combined. */
const everything: Answers[] = [{ id: 'digitsFew' as const }, { id: 'digitsAll' as const }, ...own].flatMap(
  (data) =>
    choices.student({ ...defaultAnswers, data }).flatMap((student) =>
      choices.method({ ...defaultAnswers, data }).map((method) => ({
        ...defaultAnswers,
        data,
        student: { id: student.id },
        method: { id: method.id },
        name: 'new',
      })),
    ),
);

describe('a sample', () => {
  const wanted = sampleNames(samples);

  it.each(wanted)('%s is copied with all that it names, and reads the same', (name) => {
    const root = workspace();
    writeScaffold(root, scaffoldSample(samples, name, root));
    const { experiment, diagnostics } = readExperiment(join(root, samplePath(name)));
    expect(diagnostics).toEqual([]);
    expect(experiment?.root).toBe(root);
    const original = readExperiment(join(samples, `${name}.distill.json`)).experiment;
    expect([experiment?.config, experiment?.teacher.config]).toEqual([
      original?.config,
      original?.teacher.config,
    ]);
  });

  it('keeps files of another sample, and does not overwrite changed files', () => {
    const root = workspace();
    writeScaffold(root, scaffoldSample(samples, 'hinton-2015/3-omitted-class', root));
    const second = scaffoldSample(samples, 'hinton-2015/4-two-classes', root);
    expect(Object.keys(second)).toEqual(['experiments/hinton-2015/4-two-classes.distill.json']);
    writeFileSync(join(root, 'experiments/hinton-2015/mlp-64.student.json'), '{}');
    expect(() => writeScaffold(root, scaffoldSample(samples, 'hinton-2015/4-two-classes', root))).toThrow(
      'experiments/hinton-2015/mlp-64.student.json already exists',
    );
  });
});

describe('a new experiment', () => {
  it('is the quickstart after Enter five times', () => {
    const first = <Id>(rows: { id: Id }[]) => (rows[0] as { id: Id }).id;
    expect(first(choices.data(defaultAnswers))).toBe(defaultAnswers.data.id);
    expect(first(choices.teacher(defaultAnswers))).toBe(defaultAnswers.teacher.id);
    expect(first(choices.student(defaultAnswers))).toBe(defaultAnswers.student.id);
    expect(first(choices.method(defaultAnswers))).toBe(defaultAnswers.method.id);
    expect(suggestedName(defaultAnswers.data)).toBe(defaultAnswers.name);
    for (const [file, text] of Object.entries(experimentFiles(defaultAnswers, 'quickstart')))
      expect(readFileSync(join(samples, 'quickstart', file), 'utf8')).toBe(text);
  });

  it('is valid, without warnings, and formatted for all answers', async () => {
    expect(everything.length).toBeGreaterThan(50);
    const style = await resolveConfig(join(samples, 'distillery.json'));
    for (const answers of everything) {
      const root = workspace(Object.fromEntries(dataFiles.map((file) => [`data/${file}`, ''])));
      const files = scaffoldExperiment(answers, root);
      writeScaffold(root, files);
      const { experiment, diagnostics } = readExperiment(join(root, experimentPath(answers.name)));
      expect(diagnostics).toEqual([]);
      if (!experiment) throw new Error('not read');
      expect(experiment.root).toBe(root);
      const shape =
        'config' in answers.data ? answers.data.inputShape : answers.student.id === 'cnn' ? [8, 8, 1] : [64];
      const classes = 'config' in answers.data ? answers.data.classes : 10;
      const data = factsOf(shape, classes, answers.data.id === 'digitsFew' ? 100 : 1000);
      expect(lint(experiment, { data }).map((d) => d.message)).toEqual([]);
      for (const [file, text] of Object.entries(files))
        if (file.endsWith('.json')) expect(await format(text, { ...style, filepath: file })).toBe(text);
    }
  });

  it('of few labels has the second arm, which learns from the unlabelled images', () => {
    const root = workspace();
    writeScaffold(root, scaffoldExperiment(defaultAnswers, root));
    const { experiment } = readExperiment(join(root, experimentPath('few-labels')));
    expect(experiment && resolveArms(experiment).map((arm) => [arm.title, arm.transferSet])).toEqual([
      ['Scratch', 'labelled'],
      ['distilled', 'labelled'],
      ['KD T 2 · α 0.9 · all', 'all'],
    ]);
  });

  it('takes a saved model as its teacher', () => {
    const root = workspace();
    writeSavedModel(join(root, 'models/big'), keras2(denseLayers(64, [10, 'linear'])), denseWeights(64, 10));
    const answers: Answers = { ...defaultAnswers, teacher: { id: 'saved', model: 'models/big/model.json' } };
    writeScaffold(root, scaffoldExperiment(answers, root));
    const { experiment, diagnostics } = readExperiment(join(root, experimentPath('few-labels')));
    expect(diagnostics).toEqual([]);
    expect(experiment?.teacher.config.model).toBe('models/big/model.json');
  });

  it('includes the files of the root if there is none yet', () => {
    const bare = workspace();
    expect(Object.keys(scaffoldExperiment(defaultAnswers, bare))).toEqual(
      expect.arrayContaining(['distillery.json', '.gitignore']),
    );
    const ignoring = workspace({ '.gitignore': 'dist/\n' });
    expect(Object.keys(scaffoldExperiment(defaultAnswers, ignoring))).not.toContain('.gitignore');
    const marked = workspace({ 'distillery.json': '{}', 'inner/x': '' });
    expect(Object.keys(scaffoldExperiment(defaultAnswers, join(marked, 'inner')))).toHaveLength(3);
  });

  it('has rows with parameters, ratio and time', () => {
    expect(choices.student(defaultAnswers)[0]).toMatchObject({
      label: 'MLP 64-16-10',
      description: '1,210 parameters',
      detail: '70× smaller than the teacher.',
    });
    expect(choices.teacher(defaultAnswers)[0]?.description).toBe('MLP 64-256-256-10, 85,002 parameters');
    expect(choices.data(defaultAnswers)[0]?.whole).toEqual(defaultAnswers);
  });
});

describe('single files', () => {
  it('validate', () => {
    for (const [file, text] of Object.entries({ ...scaffoldTeacher(), ...scaffoldStudent('tiny') }))
      expect(readConfig(`/w/${file}`, text).diagnostics).toEqual([]);
    expect(Object.keys(scaffoldStudent('tiny'))).toEqual(['tiny.student.json']);
  });
});

describe('names', () => {
  it('must be free and usable as folder names', () => {
    const root = workspace({ 'experiments/few-labels/x': '' });
    expect(nameProblem(root, 'few-labels')).toBe(
      'experiments/few-labels already exists. Choose another name; nothing was overwritten.',
    );
    expect(freeName(root, 'few-labels')).toBe('few-labels-2');
    for (const bad of ['', '../x', 'a/b', '.hidden', 'teachers'])
      expect(nameProblem(root, bad)).not.toBeNull();
    expect(nameProblem(root, 'Größe_2.1-x')).toBeNull();
  });

  it('on own data tests on as many examples as a verdict needs, or is not written', () => {
    const answer = (count: number) =>
      ownAnswer(
        { source: 'csv', file: 'rows.csv', label: 'class' },
        { inputShape: [7], classes: ['a', 'b', 'c'], count },
      );
    const textFor = (count: number) =>
      Object.values(experimentFiles({ ...defaultAnswers, data: answer(count) }, '.')).join('\n');
    expect(textFor(1000)).toContain('"split": { "train": 0.6, "validation": 0.15, "test": 0.25, "seed": 0 }');
    expect(textFor(120)).toContain('"split": { "validation": 0.15, "test": 50, "seed": 0 }');
    expect(() => answer(81)).toThrow('rows.csv: 81 examples are too few for a verdict');
    expect(() => answer(81)).toThrow('Provide at least 82 examples.');
    expect(textFor(82)).toContain('"test": 50');
  });

  it('are suggested from the data', () => {
    expect(own.map(suggestedName)).toEqual(['rows', 'x', 'i']);
    const odd: Answers['data'] = {
      id: 'csv',
      config: { source: 'csv', file: '../My Data (1).csv.gz', label: 0 },
      inputShape: [1],
      classes: 2,
      count: 1000,
    };
    expect(suggestedName(odd)).toBe('My-Data-1');
  });
});

describe('writing', () => {
  it('never overwrites, and names the file', () => {
    const root = workspace({ 'a/two.txt': 'mine' });
    expect(() => writeScaffold(root, { 'a/one.txt': '1', 'a/two.txt': '2' })).toThrow(
      'a/two.txt already exists',
    );
    expect(readdirSync(join(root, 'a'))).toEqual(['two.txt']);
    expect(readFileSync(join(root, 'a/two.txt'), 'utf8')).toBe('mine');
  });

  it('removes the files already written if one cannot be written', () => {
    const root = workspace({ blocked: 'a file where a folder is wanted' });
    expect(() => writeScaffold(root, { 'new/deep/one.txt': '1', 'blocked/two.txt': '2' })).toThrow(
      /blocked\/two.txt cannot be written/,
    );
    expect(readdirSync(root)).toEqual(['blocked']);
  });

  it('says that a folder is read-only', () => {
    if (process.getuid?.() === 0) return;
    const root = workspace();
    mkdirSync(join(root, 'closed'), { mode: 0o500 });
    expect(() => writeScaffold(join(root, 'closed'), { 'x/one.txt': '1' })).toThrow('read-only');
  });

  it('handles a deleted folder', () => {
    const root = workspace();
    rmSync(root, { recursive: true });
    writeScaffold(root, { 'x.txt': '1' });
    expect(existsSync(join(root, 'x.txt'))).toBe(true);
    writeFileSync(join(root, 'x.txt'), '2');
  });
});
