import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialization } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TakenOff } from '../../../src/config/savedModel/ending';
import { LAYERS } from '../../../src/config/savedModel/layers';
import { loadEngine } from '../../../src/engines/engines';
import type { TensorFlow } from '../../../src/methods/method';
import { loadNetwork, type Loading } from '../../../src/models/load';
import { modelFiles } from '../../../src/models/save';
import {
  denseLayers,
  denseWeights,
  keras2,
  keras3,
  writeSavedModel,
  type SavedLayer,
  type SavedWeight,
} from '../../fixtures/savedModels';

let tf: TensorFlow;
let folder: string;
beforeAll(async () => void ({ tf } = await loadEngine('portable')));
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'saved-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const inputs = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i));
const load = (topology: unknown, weights: readonly SavedWeight[], loading: Loading = {}, classes = 4) =>
  loadNetwork(writeSavedModel(folder, topology, weights), [8], classes, 0, loading);
type Loaded = Awaited<ReturnType<typeof load>>;
const answers = (network: Loaded) => [...network.infer(tf.tensor(inputs, [3, 8])).dataSync()];
const weights = denseWeights(8, 6, 4);
const plain = () => load(keras2(denseLayers(8, [6, 'relu'], [4, 'linear'])), weights);

const [input, hidden, last] = denseLayers(8, [6, 'relu'], [4, 'linear']) as [
  SavedLayer,
  SavedLayer,
  SavedLayer,
];
const activated = (activation: string): SavedLayer => ({ ...last, config: { ...last.config, activation } });
const chain = (...list: SavedLayer[]) =>
  list.map((one, i) => (i === 0 ? one : { ...one, from: [list[i - 1]!.name] }));
const softmaxLayer: SavedLayer = { kind: 'Softmax', name: 's', config: { axis: -1 } };
const activationLayer = (activation: string): SavedLayer => ({
  kind: 'Activation',
  name: 'a',
  config: { activation },
});
const nested = (...layers: SavedLayer[]): SavedLayer => ({ kind: 'Sequential', name: 'head', layers });

describe.each(Object.entries({ 'Keras 2': keras2, 'Keras 3': keras3 }))('a model of %s', (_, write) => {
  test.each<[string, SavedLayer[], TakenOff]>([
    ['a dense layer with softmax', [input, hidden, activated('softmax')], 'softmax'],
    ['a Softmax layer', [input, hidden, last, softmaxLayer], 'softmax'],
    ['an Activation layer', [input, hidden, last, activationLayer('softmax')], 'softmax'],
    ['log_softmax', [input, hidden, activated('log_softmax')], 'log_softmax'],
    ['sigmoid', [input, hidden, activated('sigmoid')], 'sigmoid'],
    ['a functional model', chain(input, hidden, last, softmaxLayer), 'softmax'],
    ['a model in it', [input, hidden, nested(activated('softmax'))], 'softmax'],
  ])('that ends in %s has its logits when that is taken off, exactly', async (_, layers, takenOff) => {
    const logits = answers(await plain());
    expect(answers(await load(write(layers), weights, { takenOff }))).toEqual(logits);
    // As it was saved, for runs that were planned so.
    expect(answers(await load(write(layers), weights))).not.toEqual(logits);
  });

  test('predicts the same', async () => {
    const logits = answers(await plain());
    const layers = denseLayers(8, [6, 'relu'], [4, 'linear']);
    expect(answers(await load(write(layers), weights))).toEqual(logits);
    expect(answers(await load(write(chain(...layers)), weights))).toEqual(logits);
  });
});

test('one sigmoid for two classes becomes the logits 0 and z', async () => {
  const one = denseWeights(8, 6, 1);
  const z = answers(await load(keras2(denseLayers(8, [6, 'relu'], [1, 'linear'])), one, {}, 1));
  const two = await load(
    keras2(denseLayers(8, [6, 'relu'], [1, 'sigmoid'])),
    one,
    { takenOff: 'sigmoid' },
    2,
  );
  expect(answers(two)).toEqual(z.flatMap((value) => [0, value]));
  expect(two.trainable.map(({ name }) => name)).toHaveLength(4);
});

describe('outputs in another order than the classes', () => {
  const order = [2, 0, 3, 1];
  const moved = (logits: number[]) => {
    const out = [...logits];
    logits.forEach((value, i) => (out[i - (i % 4) + order[i % 4]!] = value));
    return out;
  };

  test.each<[string, SavedLayer[], TakenOff | undefined, number]>([
    ['a dense layer', [input, hidden, last], undefined, 82],
    ['an activation that is taken off', [input, hidden, activated('softmax')], 'softmax', 82],
    ['a layer behind it', [input, hidden, last, softmaxLayer], 'softmax', 98],
    ['a model in it', [input, hidden, nested(last)], undefined, 98],
  ])('are put into theirs behind %s', async (_, layers, takenOff, parameters) => {
    const logits = answers(await plain());
    const network = await load(keras2(layers), weights, { order, takenOff });
    expect(answers(network)).toEqual(moved(logits));
    expect(network.size.parameters).toBe(parameters);
    await saveAgain(network);
    expect(answers(await loadNetwork(join(folder, 'model.json'), [8], 4, 0))).toEqual(moved(logits));
  });
});

async function saveAgain(network: Loaded) {
  const about = {
    title: 't',
    inputShape: [8],
    preprocessor: null,
    scale: 1,
    classes: ['a', 'b', 'c', 'd'],
    parameters: 1,
  };
  const files = await modelFiles(network.model, { ...about, output: network.output });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

test('probabilities that cannot be converted become their logarithms, also after saving and loading', async () => {
  const branches = [
    input,
    { ...activated('softmax'), name: 'dense', from: ['input_layer'] },
    { ...activated('softmax'), from: ['input_layer'] },
    { kind: 'Average', name: 'mean', from: ['dense', 'dense_1'] },
  ];
  const two = ['dense', 'dense_1'].flatMap((name) =>
    denseWeights(8, 4).map((weight) => ({ ...weight, name: weight.name.replace('dense', name) })),
  );
  const network = await load(keras2(branches), two);
  const probabilities = answers(network);
  network.output = 'probabilities';
  const logits = answers(network);
  logits.forEach((value, i) => expect(value).toBeCloseTo(Math.log(probabilities[i]!), 5));
  expect(() => network.train(tf.tensor(inputs, [3, 8]), 0)).toThrow(/cannot|do not let be undone/);
  await saveAgain(network);
  const again = await loadNetwork(join(folder, 'model.json'), [8], 4, 0);
  expect(again.output).toBe('probabilities');
  expect(answers(again)).toEqual(logits);
});

test('the listed layers are those of TensorFlow.js', () => {
  const known = serialization.SerializationMap.getMap().classNameMap;
  for (const name of LAYERS) expect(known[name], name).toBeDefined();
});
