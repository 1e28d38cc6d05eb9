import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, applyEdits } from '../../../src/config/document';
import type { DataFacts, LintFacts } from '../../../src/config/facts';
import { lint } from '../../../src/config/lints';
import { EXAMPLES_FOR_VERDICT } from '../../../src/config/parts';
import { readExperiment } from '../../../src/config/read';
import type { TableFacts } from '../../../src/config/table';
import { FEWEST_EXAMPLES } from '../../../src/results/evidence';
import { denseLayers, denseWeights, keras2, writeSavedModel } from '../../fixtures/savedModels';
import { EXPERIMENT, quickstartWith, STUDENT, TEACHER, workspace } from './workspace';

const digits: DataFacts = {
  hash: 'x',
  inputShape: [64],
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  count: 1797,
  perClass: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
  labelFileHash: null,
  counts: { train: 1000, labelled: 100, validation: 297, test: 500 },
};
const withData: LintFacts = { data: digits };

type Changes = Parameters<typeof quickstartWith>[0];

function lintOf(changes: Changes, facts: LintFacts = withData) {
  const files = quickstartWith(changes);
  const root = workspace(files);
  const path = join(root, EXPERIMENT);
  const { experiment, diagnostics } = readExperiment(path);
  expect(diagnostics.map((d) => d.message)).toEqual([]);
  if (!experiment) throw new Error('no experiment');
  return { files, root, found: lint(experiment, facts) };
}

/** The one finding, what it underlines, and what is found once its fix is applied. */
function only(changes: Changes, facts?: LintFacts) {
  const { files, root, found } = lintOf(changes, facts);
  expect(found.map((d) => d.message)).toHaveLength(1);
  const [diagnostic] = found as [Diagnostic];
  const name = diagnostic.file.slice(root.length + 1);
  const text = files[name] ?? '';
  const fixed = () => {
    const [fix] = diagnostic.fixes;
    if (!fix) throw new Error('no fix');
    const unsaved = (path: string) => (path === diagnostic.file ? applyEdits(text, fix.edits) : undefined);
    const again = readExperiment(join(root, EXPERIMENT), unsaved);
    return [
      ...again.diagnostics,
      ...(again.experiment ? lint(again.experiment, facts ?? withData, unsaved) : []),
    ];
  };
  const marked = text.slice(diagnostic.offset, diagnostic.offset + diagnostic.length);
  return { name, marked, fixed, fixes: diagnostic.fixes.length, ...pick(diagnostic) };
}
const pick = ({ severity, message, code }: Diagnostic) => ({ severity, message, code });

const first = '"name": "distilled", "method": "hinton", "temperature": 4, "alpha": 0.9';
const arm = (fields: string): Changes => ({ [EXPERIMENT]: [[first, fields]] });

it('finds nothing in the quickstart, with and without its data', () => {
  expect(lintOf({}).found).toEqual([]);
  expect(lintOf({}, {}).found).toEqual([]);
});

describe('arms', () => {
  it('both weights 0', () => {
    const found = only(arm('"method": "hinton", "alpha": 0, "beta": 0'));
    expect(found).toMatchObject({
      severity: 'error',
      marked: '0',
      message:
        'distillationWeight and studentWeight are both 0, so nothing would be learned: set one of them.',
    });
  });

  it('α = 0 in the first form, not in the second', () => {
    expect(only(arm('"method": "hinton", "alpha": 0'))).toMatchObject({
      code: 'no-influence',
      marked: '0',
      severity: 'warning',
    });
    expect(lintOf(arm('"method": "hinton", "alpha": 0, "beta": 1')).found).toEqual([]);
  });

  it('terms that have no gradient with two classes', () => {
    const binary: LintFacts = { data: { ...digits, classes: ['a', 'b'], perClass: [900, 897] } };
    for (const [method, terms] of [
      ['dist', ['betweenClasses']],
      ['logitStandardization', ['distillation']],
      ['dkd', ['otherClasses']],
    ] as const) {
      const found = lintOf(arm(`"method": "${method}"`), binary).found.filter(
        ({ code }) => code === 'too-few-classes',
      );
      expect(found.map(({ message }) => message)).toEqual([
        expect.stringContaining(`“${terms[0]}”`) as string,
      ]);
    }
    expect(lintOf(arm('"method": "hinton"'), binary).found.map(({ code }) => code)).not.toContain(
      'too-few-classes',
    );
    expect(lintOf(arm('"method": "dist"')).found.map(({ code }) => code)).not.toContain('too-few-classes');
  });

  it('T² off, with its factor; its fix turns it on', () => {
    const off = only(arm('"method": "hinton", "temperature": 8, "scaleByT2": false'));
    expect(off).toMatchObject({
      marked: 'false',
      message: 'T² scaling is off: at T 8 the distillation gradient is 64× weaker.',
    });
    expect(off.fixed()).toEqual([]);
    expect(lintOf(arm('"method": "hinton", "temperature": 1, "scaleByT2": false')).found).toEqual([]);
    expect(only(arm('"method": "hinton", "temperature": 0.5, "scaleByT2": false')).message).toContain(
      '4× stronger',
    );
  });

  it('cross-entropy as the soft loss is an info, not a warning', () => {
    expect(only(arm('"method": "hinton", "softLoss": "crossEntropy"'))).toMatchObject({
      severity: 'info',
      marked: '"crossEntropy"',
    });
  });

  it('unlabelled examples for a method without a teacher', () => {
    const found = only(arm('"method": "labelSmoothing", "transferSet": "all"'));
    expect(found.marked).toBe('"all"');
    expect(found.fixed()).toEqual([]);
  });

  it('the same setting, or the same name, twice', () => {
    const second = '"method": "hinton", "temperature": 2, "alpha": 0.9, "transferSet": "all"';
    const same = only({ [EXPERIMENT]: [[first, second]] });
    expect(same).toMatchObject({ code: 'same-arm', severity: 'error', marked: '"hinton"' });
    const named = only({ [EXPERIMENT]: [[second, `"name": "distilled", ${second}`]] });
    expect(named).toMatchObject({ code: 'same-name', marked: '"distilled"' });
  });

  it('a primary that names no arm', () => {
    const unknown = only({ [EXPERIMENT]: [['"seeds": 5', '"seeds": 5, "primary": "distiled"']] });
    expect(unknown).toMatchObject({
      marked: '"distiled"',
      message: 'No arm is called “distiled”. The arms are “distilled”, “KD T 2 · α 0.9 · all”.',
    });
    expect(unknown.fixed()).toEqual([]);
    expect(
      lintOf({ [EXPERIMENT]: [['"seeds": 5', '"seeds": 5, "primary": "KD T 2 · α 0.9 · all"']] }).found,
    ).toEqual([]);
  });
});

describe('classes of the transfer set', () => {
  const restricted = (classes: string) => arm(`"method": "hinton", "transferClasses": ${classes}`);

  it('that the data have', () => {
    expect(lintOf(restricted('{ "without": ["3"] }')).found).toEqual([]);
    expect(lintOf(restricted('{ "only": ["7", "8"] }')).found).toEqual([]);
  });

  it('that the data do not have, with what was meant', () => {
    const unknown = only(restricted('{ "without": ["3", "33"] }'));
    expect(unknown).toMatchObject({
      code: 'unknown-class',
      marked: '"33"',
      message: 'The data have no class “33”. Did you mean “3”?',
    });
    expect(only(restricted('{ "only": ["seven"] }')).message).toContain('The classes are “0”, “1”');
  });

  it('must leave at least one class', () => {
    const all = Array.from({ length: 10 }, (_, n) => `"${n}"`).join();
    expect(only(restricted(`{ "without": [${all}] }`))).toMatchObject({
      severity: 'error',
      marked: '"transferClasses"',
      message: 'All classes are excluded, so there is nothing to train on. Keep at least one class.',
    });
  });
});

describe('a table', () => {
  const csv: Changes = {
    [EXPERIMENT]: [['"source": "digits"', '"source": "csv", "file": "rows.csv", "label": "kind"']],
  };
  const table: TableFacts = {
    separator: ',',
    decimal: '.',
    header: true,
    headerDoubtful: false,
    encoding: 'utf-8',
    rows: 1797,
    label: { column: 'kind', respelled: [] },
    inputs: ['id', 'x', 'lab_a', 'lab_b'],
    categories: [],
    ignored: [],
    missing: { rule: 'error', cells: 0, rows: 0 },
    suspects: [],
  };
  const withTable = (changes: Partial<TableFacts>): LintFacts => ({
    data: { ...digits, table: { ...table, ...changes } },
  });
  const look = (suspects: TableFacts['suspects'], changes = csv) => {
    const files: Record<string, string> = quickstartWith(changes);
    const folder = EXPERIMENT.split('/').slice(0, -1).join('/');
    const root = workspace({ ...files, [`${folder}/rows.csv`]: 'x,kind\n1,a\n' });
    const { experiment, diagnostics } = readExperiment(join(root, EXPERIMENT));
    expect(diagnostics.map((d) => d.message)).toEqual([]);
    const found = lint(experiment!, withTable({ suspects })).filter(({ code }) => code !== 'shape');
    const mended = found.map(
      ({ fixes }) => parse(applyEdits(files[EXPERIMENT] ?? '', fixes[0]?.edits ?? [])) as { data: object },
    );
    return { experiment: experiment!, found, data: mended.map(({ data }) => data) };
  };

  it('with an id, or several labels, offers to ignore them', () => {
    const { found, data } = look([
      { column: 'id', why: 'row number' },
      { column: 'lab_a', why: 'label' },
      { column: 'lab_b', why: 'label' },
    ]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['likely-id', 'warning'],
      ['several-labels', 'warning'],
    ]);
    expect(found[0]?.message).toContain('Column id contains row numbers');
    expect(found[1]?.message).toContain(
      'Columns lab_a, lab_b are named like labels, but only kind is the label',
    );
    expect(data).toMatchObject([{ ignore: ['id'] }, { ignore: ['lab_a', 'lab_b'] }]);
  });

  it('with codes offers to read them as categories, or to exclude them if there are many', () => {
    const { found, data } = look([
      { column: 'x', why: 'code' },
      { column: 'id', why: 'many codes' },
    ]);
    expect(found.map(({ code }) => code)).toEqual(['likely-code', 'likely-code']);
    expect(data).toMatchObject([{ categories: ['x'] }, { ignore: ['id'] }]);
    expect(found[0]?.fixes).toHaveLength(2);
  });

  it('whose column loses digits offers to exclude it', () => {
    const { experiment } = look([]);
    const rounded = [{ column: 'id', step: 64, loss: 0.5 }];
    const [found] = lint(experiment, { data: { ...digits, table, rounded } }).filter(
      ({ code }) => code === 'lost-digits',
    );
    expect(found?.fixes[0]?.title).toBe('Set ignore to ["id"]');
  });

  it('whose first row is an example although the config sets a header is an error', () => {
    const inputs = (names: string[]) =>
      lint(look([]).experiment, withTable({ headerDoubtful: true, inputs: names }))
        .filter(({ code }) => code === 'doubtful-header')
        .map(({ severity }) => severity);
    expect(inputs(['0.5', 'x'])).toEqual(['error']);
    expect(inputs(['1999', '2000'])).toEqual(['warning']);
  });

  it('keeps columns that are ignored already, and removes a column from a list of inputs', () => {
    const written = (key: string): Changes => ({
      [EXPERIMENT]: [['"source": "digits"', `"source": "csv", "file": "rows.csv", "label": "kind", ${key}`]],
    });
    const suspects: TableFacts['suspects'] = [{ column: 'id', why: 'id' }];
    expect(look(suspects, written('"ignore": ["z"]')).data).toMatchObject([{ ignore: ['z', 'id'] }]);
    expect(look(suspects, written('"columns": ["id", "x", "lab_a", "lab_b"]')).data).toMatchObject([
      { columns: ['x', 'lab_a', 'lab_b'] },
    ]);
  });
});

describe('data', () => {
  it('fewer than 4 seeds', () => {
    const few = only({ [EXPERIMENT]: [['"seeds": 5', '"seeds": 3']] });
    expect(few).toMatchObject({ severity: 'warning', marked: '3' });
    expect(few.fixed()).toEqual([]);
    const listed = only({ [EXPERIMENT]: [['"seeds": 5', '"seeds": [1, 2]']] });
    expect(listed).toMatchObject({ marked: '"seeds"', fixes: 0 });
  });

  it('fewer than 50 test examples', () => {
    expect(EXAMPLES_FOR_VERDICT).toBe(FEWEST_EXAMPLES);
    const facts = (test: number) => ({ data: { ...digits, counts: { ...digits.counts, test } } });
    expect(only({}, facts(5))).toMatchObject({
      code: 'few-test-examples',
      severity: 'warning',
      marked: '500',
      message: 'The test part has 5 examples: with fewer than 50 the verdict is always INCONCLUSIVE.',
    });
    expect(lintOf({}, facts(50)).found).toEqual([]);
    const small = (count: number) => ({ data: { ...digits, count, counts: { ...digits.counts, test: 5 } } });
    const { message, fixes } = only({}, small(60));
    expect(message).toContain('The data have 60 examples; at least 82 are needed.');
    expect(fixes).toBe(0);
    expect(only({}, small(120)).fixes).toBe(1);
  });

  it('no validation data', () => {
    const none: Changes = { [EXPERIMENT]: [['"validation": 297', '"validation": 0']] };
    const facts = { data: { ...digits, counts: { ...digits.counts, validation: 0 } } };
    const expected = { code: 'no-validation', severity: 'error', marked: '0' };
    expect(only(none, facts)).toMatchObject(expected);
    expect(only(none, {})).toMatchObject(expected);
  });

  it('more labels than examples, and fewer than classes', () => {
    const count = (n: number): Changes => ({ [EXPERIMENT]: [['"count": 100', `"count": ${n}`]] });
    const many = only(count(2000));
    expect(many).toMatchObject({
      severity: 'error',
      marked: '2000',
      message: 'labels.count is 2000, but the training part has 1000 examples.',
    });
    expect(many.fixed()).toEqual([]);
    expect(only(count(5))).toMatchObject({ severity: 'warning', marked: '5' });
  });

  it('topK of at least the number of classes, or with augmented examples', () => {
    const seeds = '"seeds": 5';
    const keep = (topK: number): Changes => ({
      [EXPERIMENT]: [[seeds, `${seeds}, "softTargets": { "topK": ${topK} }`]],
    });
    expect(lintOf(keep(9)).found).toEqual([]);
    expect(only(keep(10))).toMatchObject({ code: 'keeps-all', marked: '10', severity: 'warning' });
    const augmented = '"batchSize": 50, "augmentation": [{ "type": "noise", "sd": 0.1 }]';
    const live = only({ ...keep(9), [STUDENT]: [['"batchSize": 50', augmented]] });
    expect(live.message).toContain('topK has no effect');
  });

  it('no hidden labels, so that “all” is not another transfer set', () => {
    const facts = { data: { ...digits, counts: { ...digits.counts, labelled: 1000 } } };
    const hidden = only({}, facts);
    expect(hidden.marked).toBe('"all"');
    expect(hidden.fixed()).toEqual([]);
  });

  it('a class without examples', () => {
    const facts = { data: { ...digits, perClass: digits.perClass.map((n, i) => (i === 3 ? 0 : n)) } };
    expect(only({}, facts).message).toBe('No example in the data has the class “3”.');
  });

  it('a class with very few examples, and one without training examples', () => {
    const perClass = digits.perClass.map((n, i) => (i === 3 ? 4 : i === 5 ? 1 : n));
    const trainPerClass = perClass.map((n, i) => (i === 5 ? 0 : Math.ceil(n / 2)));
    const { found } = lintOf({}, { data: { ...digits, perClass, trainPerClass } });
    expect(found.map(({ severity, code }) => [severity, code])).toEqual([
      ['error', 'class-not-trained'],
      ['warning', 'small-class'],
    ]);
    expect(found[0]?.message).toContain('“5” (1 example, 0 of them for training)');
    expect(found[1]?.message).toContain('“3” (4 examples, 2 of them for training)');
  });

  it('a column that loses digits in float32', () => {
    const rounded = (loss: number) => [{ column: 2, step: 64, loss }];
    const found = (loss: number) => only({}, { data: { ...digits, rounded: rounded(loss) } });
    expect(found(0.01)).toMatchObject({ code: 'lost-digits', severity: 'warning' });
    expect(found(0.5)).toMatchObject({ code: 'lost-digits', severity: 'error' });
    expect(found(0.5).message).toContain('Column number 2 loses digits');
    expect(found(0.5).message).toContain('differ by less than 64');
  });
});

describe('networks', () => {
  const nine = { data: { ...digits, classes: digits.classes.slice(1), perClass: digits.perClass.slice(1) } };

  it('classes of data, teacher and student differ', () => {
    const { found } = lintOf({}, nine);
    expect(found.map((d) => d.message)).toEqual([
      'The teacher has 10 outputs, but the data have 9 classes.',
      'The student has 10 outputs, but the data have 9 classes.',
    ]);
    const wrong = only({ [STUDENT]: [['"units": 10', '"units": 12']] });
    expect(wrong).toMatchObject({ severity: 'error', marked: '12', name: STUDENT });
    expect(wrong.fixed()).toEqual([]);
    expect(only({ [STUDENT]: [['"units": 10', '"units": 12']] }, {}).message).toBe(
      'The teacher has 10 outputs, but the student has 12: the numbers must be the same.',
    );
  });

  it('a shape that a layer cannot take', () => {
    const images = { data: { ...digits, inputShape: [8, 8, 1] } };
    const { found } = lintOf({}, images);
    expect(found.map((d) => d.code)).toEqual(['shape', 'shape']);
    const flat = {
      [TEACHER]: [['{ "type": "dropout", "rate": 0.1 }', '{ "type": "flatten" }'] as [string, string]],
    };
    const dense = only(flat, images);
    expect(dense).toMatchObject({
      severity: 'error',
      marked: '"dense"',
      message:
        'Layer 1 (dense) gets inputs of shape [8, 8, 1] from the data, but needs a flat input: insert a flatten layer before it.',
    });
    expect(dense.fixed()).toEqual([]);
    const conv = only({
      [STUDENT]: [
        ['{ "type": "dense", "units": 16, "activation": "relu" }', '{ "type": "conv2d", "filters": 4 }'],
      ],
    });
    expect(conv).toMatchObject({ marked: '"conv2d"', fixes: 0 });
  });

  it('a network that does not end in one row of logits', () => {
    const end: [string, string] = ['{ "type": "dense", "units": 10 }', '{ "type": "batchNormalization" }'];
    expect(only({ [STUDENT]: [end] })).toMatchObject({ marked: '"batchNormalization"', code: 'class-count' });
  });

  it('logits after an activation', () => {
    const relu = only({ [STUDENT]: [['"units": 10 }', '"units": 10, "activation": "relu" }']] });
    expect(relu).toMatchObject({ severity: 'warning', code: 'bent-logits' });
    expect(relu.fixed()).toEqual([]);
  });

  it('a student that is not smaller', () => {
    const big = only({ [STUDENT]: [['"units": 16', '"units": 4096']] });
    expect(big).toMatchObject({ severity: 'warning', marked: '"mlp-16.student.json"' });
    expect(big.message).toBe(
      'The student is not smaller than its teacher: it has 307,210 parameters, the teacher 85,002.',
    );
  });

  it('a saved teacher of another shape and other classes', () => {
    const lintSaved = (input: number, outputs: number) => {
      const root = workspace({ ...quickstartWith(), [TEACHER]: '{ "model": "model.json" }' });
      const layers = denseLayers(input, [outputs, 'linear']);
      writeSavedModel(root, keras2(layers), denseWeights(input, outputs));
      const { experiment } = readExperiment(join(root, EXPERIMENT));
      if (!experiment) throw new Error('no experiment');
      return lint(experiment, withData).map((d) => d.message);
    };
    expect(lintSaved(64, 12)).toEqual([
      'The teacher has 12 outputs, but the data have 10 classes.',
      expect.stringContaining('not smaller'),
    ]);
    expect(lintSaved(49, 100)).toEqual([
      expect.stringContaining('expects inputs of shape [49], but the data have [64]'),
    ]);
  });
});

describe('a saved teacher with images of another size', () => {
  const layers = [
    { class_name: 'Flatten', config: { name: 'flatten', batch_input_shape: [null, 32, 32, 3] } },
    { class_name: 'Dense', config: { name: 'dense', units: 10, activation: 'linear' } },
  ];
  const topology = JSON.stringify({
    modelTopology: { class_name: 'Sequential', config: { name: 'saved', layers } },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'dense/kernel', shape: [3072, 10], dtype: 'float32' },
          { name: 'dense/bias', shape: [10], dtype: 'float32' },
        ],
      },
    ],
  });
  const lintPictures = (inputs?: object) => {
    const root = workspace({
      ...quickstartWith(),
      [TEACHER]: JSON.stringify({ model: 'model.json', inputs }),
      'model.json': topology,
      'weights.bin': '0'.repeat(4 * 30730),
    });
    const { experiment } = readExperiment(join(root, EXPERIMENT));
    if (!experiment) throw new Error('no experiment');
    const data = { ...withData.data!, inputShape: [8, 8, 1] };
    return lint(experiment, { data }).filter(({ file }) => file.endsWith(TEACHER));
  };

  it('has a message with the inputs to set', () => {
    expect(lintPictures().map(({ message }) => message)).toEqual([
      'The saved model expects inputs of shape [32, 32, 3], but the data have [8, 8, 1]. In a teacher file you can set "inputs": { "resize": [32, 32], "channels": 3 }.',
    ]);
    expect(lintPictures({ resize: [32, 32], channels: 3 })).toEqual([]);
  });

  it('is checked with the inputs that its file sets', () => {
    expect(lintPictures({ resize: [16, 16] }).map(({ message }) => message)).toEqual([
      expect.stringContaining('expects inputs of shape [32, 32, 3], but its “inputs” produce [16, 16, 1].'),
    ]);
    expect(lintPictures({ resize: [32, 32], channels: 3, mean: [1, 2] })).toMatchObject([
      { code: 'inputs', message: 'mean has 2 numbers: give one, or 3, one for each channel.' },
    ]);
  });
});

describe('results', () => {
  it('a teacher with a lower accuracy than its student', () => {
    const weak = only({}, { ...withData, teacherAccuracy: 0.901, studentAccuracy: 0.92 });
    expect(weak).toMatchObject({ severity: 'warning', marked: '"mlp-256.teacher.json"' });
    expect(weak.message).toContain('90.1 %, lower than its student’s 92.0 %');
    expect(lintOf({}, { ...withData, teacherAccuracy: 0.95, studentAccuracy: 0.92 }).found).toEqual([]);
  });

  it('a weak teacher on columns of very different range that are not standardised', () => {
    const message = (standardize: unknown, rangeRatio: number) => {
      const source = `"source": "csv", "file": "a.csv", "label": "y", "standardize": ${JSON.stringify(standardize)}`;
      const files = quickstartWith({ [EXPERIMENT]: [['"source": "digits"', source]] });
      const { experiment } = readExperiment(join(workspace({ ...files, 'a.csv': 'x,y' }), EXPERIMENT));
      const data = { ...withData.data!, rangeRatio };
      const found = lint(experiment!, { data, teacherAccuracy: 0.4, studentAccuracy: 0.5 });
      return found.find(({ code }) => code === 'weak-teacher')!;
    };
    const raw = message(false, 1234.5);
    expect(raw.message).toContain('the ranges of the columns differ by a factor of 1,235');
    expect(raw.fixes[0]!.edits).toMatchObject([{ length: 5, text: 'true' }]);
    expect(message(false, 99).message).not.toContain('ranges');
    expect(message('auto', 1234.5).message).not.toContain('ranges');
  });
});
