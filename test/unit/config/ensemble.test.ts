import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../src/config/lints';
import { readExperiment } from '../../../src/config/read';
import { filesOf } from '../../../src/config/resolved';
import { EXPERIMENT, quickstartWith, TEACHER, workspace } from './workspace';

const digits = Array.from({ length: 10 }, (_, n) => String(n));
const facts = {
  hash: '',
  inputShape: [64],
  classes: digits,
  count: 1797,
  perClass: digits.map(() => 180),
  labelFileHash: null,
  counts: { train: 1000, labelled: 100, validation: 297, test: 500 },
};
const network = (units: number, more: object = {}) =>
  JSON.stringify({
    layers: [
      { type: 'dense', units: 64, activation: 'relu' },
      { type: 'dense', units },
    ],
    ...more,
  });

/** The quickstart with this teacher file, and others beside it. */
function read(teacher: string, others: Record<string, string> = {}) {
  const root = workspace({ ...quickstartWith(), [TEACHER]: teacher, ...others });
  const { experiment, diagnostics } = readExperiment(join(root, EXPERIMENT));
  const found = experiment ? lint(experiment, { data: facts }) : [];
  return { root, experiment, messages: [...diagnostics, ...found].map(({ message }) => message) };
}

describe('an ensemble', () => {
  it('given by a number is the same network with consecutive seeds', () => {
    const { experiment, messages } = read(network(10, { seed: 3, ensemble: { members: 3 } }));
    expect(messages).toEqual([]);
    const { ensemble } = experiment!.teacher;
    expect(ensemble?.average).toBe('probabilities');
    expect(ensemble?.members.map(({ name, config }) => [name, config.seed, config.ensemble])).toEqual([
      ['mlp-256', 3, undefined],
      ['mlp-256', 4, undefined],
      ['mlp-256', 5, undefined],
    ]);
  });

  it('given by files uses each as it is, and all files belong to the experiment', () => {
    const teacher =
      '{ "ensemble": { "members": ["a.teacher.json", "b.teacher.json"], "average": "logits" } }';
    const others = { 'a.teacher.json': network(10), 'b.teacher.json': network(10, { seed: 7 }) };
    const { experiment, messages, root } = read(teacher, others);
    expect(messages).toEqual([]);
    expect(experiment?.teacher.ensemble).toMatchObject({
      average: 'logits',
      members: [{ name: 'a' }, { name: 'b', config: { seed: 7 } }],
    });
    expect(filesOf(experiment!)).toEqual(
      [EXPERIMENT, TEACHER, 'a.teacher.json', 'b.teacher.json', 'mlp-16.student.json'].map((name) =>
        join(root, name),
      ),
    );
  });

  it.each([
    [network(10, { ensemble: { members: 2 }, perSeed: true }), 'An ensemble is one teacher for all seeds'],
    [network(10, { ensemble: { members: ['a.teacher.json', 'b.teacher.json'] } }), 'remove layers'],
    ['{ "model": "m/model.json", "ensemble": { "members": 2 } }', 'A saved model is the same for every seed'],
    ['{ "ensemble": { "members": 2 } }', 'Give either layers (a network to train) or model (a saved model)'],
    [network(10, { ensemble: { members: 1 } }), 'members must be at least 2'],
  ])('%s is told why not', (teacher, message) => {
    const { experiment, messages } = read(teacher);
    expect(experiment).toBeNull();
    expect(messages.join()).toContain(message);
  });

  it('or a generalist with specialists', () => {
    const teacher = '{ "specialists": { "generalist": "a.teacher.json", "count": 2 }, "seed": 5 }';
    const { experiment, messages } = read(teacher, { 'a.teacher.json': network(10) });
    expect(messages).toEqual([]);
    expect(experiment?.teacher).toMatchObject({ name: 'mlp-256', generalist: { name: 'a' } });
    const unlike = (generalist: object) =>
      read(teacher, { 'a.teacher.json': JSON.stringify(generalist) }).messages.join();
    expect(unlike({ model: 'm/model.json' })).toContain('specialists need a generalist with layers');
    expect(
      read(network(10, { specialists: { generalist: 'a.teacher.json', count: 2 } })).messages.join(),
    ).toContain('remove layers');
    expect(read(teacher.replace('"count": 2', '"count": 2, "layers": 1')).messages.join()).toContain(
      'Unknown key',
    );
  });

  const two = (a: string, b = a) => `{ "ensemble": { "members": ["${a}", "${b}"] } }`;
  it.each<[string, string, Record<string, string>, string]>([
    [
      'that is missing',
      two('a.teacher.json', 'c.teacher.json'),
      {},
      'The file c.teacher.json does not exist',
    ],
    ['that is named twice', two('a.teacher.json', './a.teacher.json'), {}, 'is the same as member 1'],
    [
      'that is an ensemble',
      two('a.teacher.json', 'b.teacher.json'),
      { 'b.teacher.json': network(10, { ensemble: { members: 2 } }) },
      'is an ensemble itself',
    ],
    ['that is itself', two('a.teacher.json', TEACHER), {}, 'is an ensemble itself'],
    [
      'that is one a seed',
      two('a.teacher.json', 'b.teacher.json'),
      { 'b.teacher.json': network(10, { perSeed: true }) },
      'remove perSeed from it',
    ],
    [
      'that is no teacher',
      two('a.teacher.json', 'mlp-16.student.json'),
      {},
      'members[1] must be the path of a file that ends in .teacher.json',
    ],
    [
      'with other classes',
      two('a.teacher.json', 'b.teacher.json'),
      { 'b.teacher.json': network(9) },
      'The teacher b has 9 outputs, but the data have 10 classes.',
    ],
  ])('cannot have a member %s', (_, teacher, others, message) => {
    const { messages } = read(teacher, { 'a.teacher.json': network(10), ...others });
    expect(messages.join()).toContain(message);
  });
});
