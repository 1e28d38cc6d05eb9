import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, applyEdits } from '../../../src/config/document';
import { UserError } from '../../../src/config/errors';
import { readConfig } from '../../../src/config/read';
import { quickstartWith, workspace, EXPERIMENT, STUDENT } from './workspace';

const student = (layers: string, training = '{}') => `{ "layers": [${layers}], "training": ${training} }`;
const check = (text: string, file = 'x.student.json') => readConfig(`/w/${file}`, text).diagnostics;

/** The text a diagnostic underlines. */
const marked = (text: string, { offset, length }: Diagnostic) => text.slice(offset, offset + length);

function only(text: string, file?: string): Diagnostic {
  const found = check(text, file);
  expect(found.map((d) => d.message)).toHaveLength(1);
  return found[0] as Diagnostic;
}

describe('a valid file', () => {
  it('gives its value with every default', () => {
    const { value, diagnostics } = readConfig(
      '/w/x.student.json',
      student('{ "type": "dense", "units": 10 }'),
    );
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      layers: [{ type: 'dense', units: 10, activation: 'linear', useBias: true }],
      training: {
        batchSize: 50,
        optimizer: { type: 'adam', learningRate: 0.001 },
        schedule: { type: 'cosine' },
      },
    });
  });

  it('may have comments, trailing commas and a byte order mark, which no offset counts', () => {
    const text = `// why\n{ "layers": [{ "type": "dense", "units": 10, }, ], /* so */ }\n`;
    const root = workspace({
      'x.student.json': `\uFEFF${text}`,
      'bad.student.json': `\uFEFF${text.replace('10', '0')}`,
    });
    expect(readConfig(join(root, 'x.student.json')).diagnostics).toEqual([]);
    expect(check(`\uFEFF${text}`)).toEqual([]);
    const [bad] = readConfig(join(root, 'bad.student.json')).diagnostics;
    expect(bad?.offset).toBe(text.indexOf('10'));
  });

  it('is told by its name', () => {
    expect(readConfig('/w/x.distill.json', '{}').kind).toBe('experiment');
    expect(readConfig('/w/distillery.json', '{}').value).toEqual({ runs: 'runs', parallelism: 'auto' });
    expect(() => readConfig('/w/package.json', '{}')).toThrow(UserError);
  });
});

describe('a file that is no config file gets one sentence', () => {
  const one = (path: string) => {
    const { diagnostics, value } = readConfig(path);
    expect(value).toBeNull();
    expect(diagnostics).toHaveLength(1);
    return diagnostics[0]?.message;
  };

  it('when it is cut off', () => {
    const text = quickstartWith()[EXPERIMENT] ?? '';
    for (const length of [1, 200, 700, text.length - 3]) {
      const found = check(text.slice(0, length), EXPERIMENT);
      expect(found.length).toBeGreaterThan(0);
    }
    expect(only('{ "layers": [').message).toMatch(/ends too early|value is expected/);
  });

  it('when it is binary, UTF-16 or no UTF-8', () => {
    const root = workspace({
      'nul.student.json': Buffer.from([0x7b, 0x00, 0x7d]),
      'utf16.student.json': Buffer.from('\uFEFF{}', 'utf16le'),
      'latin1.student.json': Buffer.from([0x7b, 0x22, 0xe4, 0x22, 0x7d]),
    });
    for (const name of ['nul', 'utf16', 'latin1'])
      expect(one(join(root, `${name}.student.json`))).toContain('is binary or has another encoding');
  });

  it('when it has 100 MB, which are not read', () => {
    const root = workspace({ 'big.student.json': '' });
    truncateSync(join(root, 'big.student.json'), 100e6);
    expect(one(join(root, 'big.student.json'))).toContain(
      '100.0 MB, but a config file may have at most 1 MB',
    );
    expect(only(' '.repeat(1_000_001)).code).toBe('too-large');
  });

  it('when it is missing, a folder, or may not be read', () => {
    const root = workspace({ 'secret.student.json': '{}' });
    expect(one(join(root, 'none.student.json'))).toBe('none.student.json: The file does not exist.');
    mkdirSync(join(root, 'folder.student.json'));
    expect(one(join(root, 'folder.student.json'))).toContain('This is a folder');
    chmodSync(join(root, 'secret.student.json'), 0);
    if (process.getuid?.() !== 0) expect(one(join(root, 'secret.student.json'))).toContain('may not be read');
  });

  it('when it is empty, or nested too deeply', () => {
    expect(only('').message).toContain('The file is empty');
    expect(only(' \n').code).toBe('empty');
    expect(only('['.repeat(300_000)).message).toContain('nested more than');
  });
});

describe('syntax', () => {
  it('reports a missing comma and inserts it after the value, not in the comment', () => {
    const text = '{ "layers": [{ "type": "dense" // note\n "units": 10 }] }';
    const missing = only(text);
    expect(missing.message).toContain('comma is missing');
    expect(marked(text, missing)).toBe('"units"');
    expect(applyEdits(text, missing.fixes[0]?.edits ?? [])).toBe(
      '{ "layers": [{ "type": "dense", // note\n "units": 10 }] }',
    );
  });

  it('marks the second of two equal keys', () => {
    const text = student('{ "type": "dense", "units": 10, "units": 12 }');
    const twice = only(text);
    expect(twice.message).toBe('“units” occurs twice in this object: remove one of them.');
    expect(twice.offset).toBe(text.lastIndexOf('"units"'));
  });
});

describe('values', () => {
  const dense = (rest: string) => student(`{ "type": "dense", ${rest} }`);
  const fixed = (text: string) => {
    const found = only(text);
    return { ...found, marked: marked(text, found), after: applyEdits(text, found.fixes[0]?.edits ?? []) };
  };

  it('suggests the key that is probably meant, with a fix', () => {
    const found = fixed(dense('"unit": 16'));
    expect(check(dense('"unit": 16')).map((d) => d.message)).toContain(
      'Unknown key “unit”. Did you mean “units”?',
    );
    expect(found.after).toBe(dense('"units": 16'));
    expect(found.marked).toBe('"unit"');
  });

  it.each([
    ['"units": 16, "activaton": "relu"', '“activation”'],
    ['"units": 16, "use_bias": true', '“useBias”'],
  ])('%s', (rest, meant) => expect(only(dense(rest)).message).toContain(`Did you mean ${meant}?`));

  it('lists the known keys if none is similar', () => {
    expect(only(dense('"units": 16, "frobnicate": 1')).message).toBe(
      'Unknown key “frobnicate”. Known keys: type, name, units, activation, useBias.',
    );
  });

  it.each([
    ['"units": 0', '0', 'units must be above 0, but is 0.'],
    ['"units": 2.5', '2.5', 'units must be a whole number, but is 2.5.'],
    ['"units": null', 'null', 'units must be a whole number, but is null.'],
    ['"units": [1, 2]', '"units"', 'units must be a whole number, but is a list of 2.'],
  ])('%s', (rest, where, message) => expect(fixed(dense(rest))).toMatchObject({ marked: where, message }));

  it('removes quotes around a number, and corrects a similar option', () => {
    expect(fixed(dense('"units": "16"')).after).toBe(dense('"units": 16'));
    expect(fixed(dense('"units": 16, "activation": "Relu"')).after).toBe(
      dense('"units": 16, "activation": "relu"'),
    );
    expect(fixed(dense('"units": 16, "useBias": "false"')).after).toBe(
      dense('"units": 16, "useBias": false'),
    );
  });

  it('requires logits instead of softmax', () => {
    const found = fixed(dense('"units": 16, "activation": "softmax"'));
    expect(found.message).toContain('logits');
    expect(found.after).toBe(dense('"units": 16, "activation": "linear"'));
  });

  it('marks the object that lacks a key', () => {
    const text = dense('"activation": "relu"');
    expect(fixed(text)).toMatchObject({ marked: '{', message: 'units is missing: expected a whole number.' });
    expect(only('{ "layers": [{}] }').message).toMatch(/^type is missing: expected "dense", "conv2d"/);
    const misspelt = fixed('{ "layers": [{ "type": "danse", "units": 4 }] }');
    expect(misspelt).toMatchObject({
      marked: '"danse"',
      after: '{ "layers": [{ "type": "dense", "units": 4 }] }',
    });
  });

  it('reports the branch of a union that was meant', () => {
    const conv = (size: string) => student(`{ "type": "conv2d", "filters": 4, "kernelSize": ${size} }`);
    expect(fixed(conv('[3, "x"]'))).toMatchObject({
      marked: '"x"',
      message: 'kernelSize[1] must be a whole number, but is "x".',
    });
    expect(only(conv('"x"')).message).toBe('kernelSize must be a number or a list, [ … ], but is "x".');
    expect(only(conv('0')).message).toBe('kernelSize must be above 0, but is 0.');
  });

  it.each([
    ['{ "steps": 5, "epochs": 5 }', 'Give epochs or steps, not both'],
    [
      '{ "earlyStopping": { "metric": "test" } }',
      'Early stopping cannot use test data: use “loss” or “accuracy”, which are measured on validation data.',
    ],
    ['{ "optimizer": { "type": "sdg" } }', 'Did you mean “sgd”?'],
    ['{ "optimizer": { "type": "adam", "lr": 0.1 } }', 'Did you mean “learningRate”?'],
  ])('training %s', (training, sentence) => {
    expect(only(student('{ "type": "dense", "units": 1 }', training)).message).toContain(sentence);
  });

  it('rejects two layers with the same name', () => {
    const text = student('{ "type": "flatten", "name": "a" }, { "type": "flatten", "name": "a" }');
    const found = only(text);
    expect(found.message).toBe('Layers 1 and 2 have the same name “a”: give each a different name.');
    expect(found.offset).toBe(text.lastIndexOf('"a"'));
  });

  it('requires either layers or a model', () => {
    expect(only('{}').message).toContain('Give either layers');
    const both = '{ "layers": [{ "type": "flatten" }], "model": "m.json" }';
    expect(marked(both, only(both))).toBe('"m.json"');
  });
});

describe('arms', () => {
  const arm = (fields: string) =>
    `{ "data": { "source": "digits" }, "teacher": "t.teacher.json", "student": "s.student.json", "arms": [{ ${fields} }] }`;
  const message = (fields: string) => only(arm(fields), 'x.distill.json').message;

  it('rejects two classes with the same name, and a comment sign of two characters', () => {
    const csv = (fields: string) =>
      `{ "data": { "source": "csv", "file": "d.csv", "label": "y", ${fields} }, "teacher": "t.teacher.json", "student": "s.student.json", "arms": [{ "method": "hinton" }] }`;
    const found = only(csv('"classes": ["a", "b", "a"]'), 'x.distill.json');
    expect(found.message).toBe(
      'classes contains “a” twice, for the classes 0 and 2: give each class a different name.',
    );
    expect(only(csv('"comment": "##"'), 'x.distill.json').message).toBe(
      'comment must be one character, but is “##”. With “#”, lines that begin with “##” are ignored too.',
    );
  });

  it.each([
    ['"method": "hinton", "temperature": 0', 'above 0'],
    ['"method": "hinton", "temperature": -2', 'above 0'],
    ['"method": "hinton", "alpha": 1.5', 'alpha from 0 to 1'],
    ['"method": "hinton", "alpha": -0.1', 'alpha'],
    ['"method": "logitMatching", "alpha": 2', 'alpha from 0 to 1'],
    ['"method": "hintn"', 'Did you mean “hinton”?'],
    ['"method": "kd"', 'Did you mean “hinton”?'],
    ['"method": "hardLabels"', 'always added'],
    ['"method": "hinton", "tempratur": 3', 'Did you mean “temperature”?'],
    ['"method": "hinton", "teacherTemperature": 3', 'Unknown key'],
  ])('%s', (fields, part) => expect(message(fields)).toContain(part));

  it('accepts any weight alpha together with beta', () => {
    expect(check(arm('"method": "hinton", "alpha": 1.5, "beta": 0.5'), 'x.distill.json')).toEqual([]);
  });

  it('rejects a duplicate seed', () => {
    const text = arm('"method": "hinton"').replace('"arms"', '"seeds": [0, 1, 1], "arms"');
    expect(only(text, 'x.distill.json').message).toBe('seeds contains a seed twice: remove the duplicate.');
  });

  it('marks the alpha that is outside', () => {
    const text = arm('"method": "hinton", "alpha": 1.5');
    expect(marked(text, only(text, 'x.distill.json'))).toBe('1.5');
  });
});

describe('a buffer that is not saved', () => {
  it('is read instead of the file', () => {
    const root = workspace({ [STUDENT]: '{ broken' });
    const text = quickstartWith()[STUDENT] ?? '';
    expect(readConfig(join(root, STUDENT), text).diagnostics).toEqual([]);
    writeFileSync(join(root, STUDENT), text);
    expect(readConfig(join(root, STUDENT)).diagnostics).toEqual([]);
  });
});
