import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, applyEdits } from '../../../src/config/document';
import { readConfig } from '../../../src/config/read';
import { EXPERIMENT, quickstartWith, STUDENT, TEACHER } from './workspace';

const files = quickstartWith();
const name = fc.constantFrom(EXPERIMENT, STUDENT, TEACHER, 'distillery.json');

/** A valid file with a piece cut out, doubled or replaced by something else. */
const damaged = fc
  .record({
    file: fc.constantFrom(EXPERIMENT, STUDENT, TEACHER),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    put: fc.oneof(
      fc.constantFrom(
        '',
        '"',
        '{',
        ']',
        ',',
        ':',
        'null',
        '-1',
        '1e999',
        '"x"',
        '/*',
        '[]',
        '{}',
        '\\u',
        '\t',
      ),
      fc.string({ maxLength: 8 }),
    ),
  })
  .map(({ file, at, length, put }) => {
    const text = files[file] ?? '';
    const start = Math.floor(at * text.length);
    return { file, text: text.slice(0, start) + put + text.slice(start + length) };
  });

/** A valid file in which one scalar is another JSON value, or one key another word. */
const changed = fc
  .record({
    file: fc.constantFrom(EXPERIMENT, STUDENT, TEACHER),
    which: fc.nat(),
    key: fc.boolean(),
    value: fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('adan', 'hintn', '4', 'true', 'Relu', 0, -1, 1.5),
    ),
    word: fc.constantFrom(
      'unit',
      'rte',
      'learning_rate',
      'arm',
      'temprature',
      '__proto__',
      'constructor',
      'x',
      '',
    ),
  })
  .map(({ file, which, key, value, word }) => {
    const text = files[file] ?? '';
    const pattern = key ? /"[A-Za-z]+"(?=:)/g : /(?<=: )("[^"\n]*"|[\d.]+)/g;
    const hits = [...text.matchAll(pattern)];
    const hit = hits[which % hits.length];
    if (!hit) throw new Error('nothing to change');
    const put = JSON.stringify(key ? word : value);
    return { file, text: text.slice(0, hit.index) + put + text.slice(hit.index + hit[0].length) };
  });

function check(file: string, text: string): Diagnostic[] {
  const { diagnostics, value } = readConfig(`/w/${file}`, text);
  expect(value === null).toBe(diagnostics.length > 0);
  for (const { offset, length, message } of diagnostics) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(length).toBeGreaterThanOrEqual(0);
    expect(offset + length).toBeLessThanOrEqual(text.length);
    expect(message).toMatch(/^.+[.?]$/s);
    expect(message).not.toMatch(/undefined|\[object|Invalid input/);
  }
  return diagnostics;
}

const runs = { numRuns: 300, seed: 3 };

describe('any text', () => {
  it('ends in a value or in sentences that lie inside it', () => {
    fc.assert(
      fc.property(name, fc.string({ maxLength: 200 }), (file, text) => void check(file, text)),
      runs,
    );
    fc.assert(
      fc.property(name, fc.json(), (file, text) => void check(file, text)),
      runs,
    );
    fc.assert(
      fc.property(damaged, ({ file, text }) => void check(file, text)),
      runs,
    );
    fc.assert(
      fc.property(changed, ({ file, text }) => void check(file, text)),
      runs,
    );
  });
});

/** A valid file with a slip in one word, or with one number in quotes. */
const slipped = fc
  .record({
    file: fc.constantFrom(EXPERIMENT, STUDENT, TEACHER),
    which: fc.noBias(fc.nat(100)),
    at: fc.noBias(fc.nat(20)),
    letter: fc.constantFrom('', 'x', 'E'),
  })
  .map(({ file, which, at, letter }) => {
    const text = files[file] ?? '';
    const hits = [...text.matchAll(/"([A-Za-z]{3,})"|(?<=: )[\d.]+/g)];
    const hit = hits[which % hits.length];
    if (!hit) throw new Error('nothing to change');
    const word = hit[1];
    const slip =
      word === undefined
        ? hit[0]
        : word.slice(0, at % word.length) + letter + word.slice((at % word.length) + 1);
    return { file, text: `${text.slice(0, hit.index)}"${slip}"${text.slice(hit.index + hit[0].length)}` };
  });

describe('a quick fix', () => {
  it('takes its diagnostic away', () => {
    let fixes = 0;
    fc.assert(
      fc.property(fc.oneof(damaged, changed, { arbitrary: slipped, weight: 3 }), ({ file, text }) => {
        for (const found of check(file, text))
          for (const fix of found.fixes) {
            fixes += 1;
            const after = check(file, applyEdits(text, fix.edits));
            expect(after.filter((d) => d.message === found.message && d.offset === found.offset)).toEqual([]);
          }
      }),
      { numRuns: 500, seed: 5 },
    );
    expect(fixes).toBeGreaterThan(100);
  });
});
