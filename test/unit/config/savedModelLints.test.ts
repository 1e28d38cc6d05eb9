import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../src/config/lints';
import { readExperiment } from '../../../src/config/read';
import { denseLayers, denseWeights, keras2, writeSavedModel } from '../../fixtures/savedModels';
import { EXPERIMENT, quickstartWith, TEACHER, workspace } from './workspace';

const CLASSES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** What is found of a saved teacher with this activation and so many outputs, whose file says more. */
function found(activation: string, more: object = {}, { outputs = 10, classes = CLASSES } = {}) {
  const root = workspace({
    ...quickstartWith(),
    [TEACHER]: JSON.stringify({ model: 'saved/model.json', ...more }),
  });
  const layers = denseLayers(64, [99, 'relu'], [outputs, activation]);
  writeSavedModel(join(root, 'saved'), keras2(layers), denseWeights(64, 99, outputs));
  const { experiment, diagnostics } = readExperiment(join(root, EXPERIMENT));
  if (!experiment) return diagnostics;
  const counts = { train: 1000, labelled: 100, validation: 297, test: 500 };
  const perClass = classes.map(() => 100);
  const data = { hash: 'x', inputShape: [64], classes, count: 1797, perClass, labelFileHash: null, counts };
  const of = join(root, TEACHER);
  return [...diagnostics, ...lint(experiment, { data })].filter(({ file }) => file === of);
}

describe('a saved teacher', () => {
  it('that outputs logits has no warning', () => expect(found('linear')).toEqual([]));

  it.each(['softmax', 'log_softmax', 'sigmoid'])('that ends in %s is told that it is taken off', (kind) => {
    expect(found(kind)).toMatchObject([{ severity: 'info', code: 'taken-off' }]);
    expect(found(kind)[0]!.message).toContain(`ends in ${kind} (its layer “dense_1”)`);
  });

  it('that ends in another function has a warning', () => {
    expect(found('tanh')).toMatchObject([{ severity: 'warning', code: 'bent-logits' }]);
  });

  it('whose layers do not determine its outputs is measured, which is an info', () => {
    const root = workspace({ ...quickstartWith(), [TEACHER]: '{ "model": "saved/model.json" }' });
    const [input, one] = denseLayers(64, [10, 'softmax']);
    const branches = ['dense', 'dense_1'].map((name) => ({ ...one!, name, from: [input!.name] }));
    const mean = { kind: 'Average', name: 'mean', from: ['dense', 'dense_1'] };
    const weights = branches.flatMap(({ name }) =>
      denseWeights(64, 10).map((weight) => ({ ...weight, name: weight.name.replace('dense', name) })),
    );
    writeSavedModel(join(root, 'saved'), keras2([input!, ...branches, mean]), weights);
    const { experiment } = readExperiment(join(root, EXPERIMENT));
    expect(lint(experiment!, {})).toContainEqual(
      expect.objectContaining({ severity: 'info', code: 'output-unknown' }),
    );
  });

  it('may have one sigmoid for two classes, but not one logit', () => {
    const two = { outputs: 1, classes: ['no', 'yes'] };
    expect(found('sigmoid', {}, two)).toMatchObject([{ code: 'taken-off' }]);
    expect(found('linear', {}, two)).toMatchObject([{ severity: 'error', code: 'class-count' }]);
  });
});

describe('the classes of its outputs', () => {
  const reversed = [...CLASSES].reverse();
  it('contain each class of the data once', () => {
    expect(found('linear', { classes: reversed })).toEqual([]);
    const bad = (classes: string[]) => found('linear', { classes }).map(({ message }) => message);
    expect(bad([...reversed.slice(1), 'ten'])).toEqual([expect.stringContaining('no class “ten”')]);
    expect(bad([...reversed.slice(0, 9), '9'])).toEqual([
      'Outputs 1 and 10 are both called “9”: list each class once.',
    ]);
    expect(bad(reversed.slice(0, 9))).toEqual([
      expect.stringContaining('lists 9 of the 10 classes of the data: 0 is missing'),
    ]);
  });

  it('are those of a saved model', () => {
    const layers = [{ type: 'dense', units: 10 }];
    expect(found('linear', { model: undefined, layers, classes: CLASSES })).toMatchObject([
      { message: expect.stringContaining('together with model') as string },
    ]);
  });
});
