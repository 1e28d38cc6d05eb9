import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSavedModel } from '../../../src/config/savedModel';
import { endingOf, takeOff, type Ending } from '../../../src/config/savedModel/ending';
import { understand } from '../../../src/config/savedModel/understand';
import {
  denseLayers,
  denseWeights,
  keras2,
  keras3,
  modelJson,
  writeSavedModel,
  type SavedLayer,
  type SavedWeight,
} from '../../fixtures/savedModels';
import { workspace } from './workspace';

const read = (topology: unknown, weights: readonly SavedWeight[]) =>
  understand('m.json', modelJson(topology, weights));
const input: SavedLayer = { kind: 'InputLayer', name: 'in', config: { batch_input_shape: [null, 8] } };
const dense = (units: number, activation = 'linear', name = 'dense'): SavedLayer => ({
  kind: 'Dense',
  name,
  config: { units, activation },
});
const layer = (kind: string, name: string, config: Record<string, unknown> = {}): SavedLayer => ({
  kind,
  name,
  config,
});
const chain = (...layers: SavedLayer[]): SavedLayer[] =>
  [input, ...layers].map((one, i, all) => (i === 0 ? one : { ...one, from: [all[i - 1]!.name] }));
const nested = (...layers: SavedLayer[]): SavedLayer => ({ kind: 'Sequential', name: 'head', layers });

const weights = denseWeights(8, 4);
const forms = { 'Keras 2': keras2, 'Keras 3': keras3 };

describe.each(Object.entries(forms))('what a saved model ends in, as %s writes it', (_, write) => {
  it.each<[string, SavedLayer[], Ending['kind'], (string | undefined)?]>([
    ['a dense layer', [input, dense(4)], 'logits'],
    ['a dense layer with softmax', [input, dense(4, 'softmax')], 'softmax', 'dense'],
    ['a Softmax layer', [input, dense(4), layer('Softmax', 's', { axis: -1 })], 'softmax', 's'],
    [
      'an Activation layer',
      [input, dense(4), layer('Activation', 'a', { activation: 'softmax' })],
      'softmax',
      'a',
    ],
    ['log_softmax', [input, dense(4, 'log_softmax')], 'log_softmax', 'dense'],
    ['sigmoid', [input, dense(4, 'sigmoid')], 'sigmoid', 'dense'],
    [
      'softmax, then layers that pass it on',
      [input, dense(4, 'softmax'), layer('Dropout', 'd', { rate: 0.5 })],
      'softmax',
      'dense',
    ],
    ['a functional model', chain(dense(4), layer('Softmax', 's')), 'softmax', 's'],
    ['a model in the model', [input, nested(dense(4, 'softmax'))], 'softmax', 'dense'],
    [
      'a model in a functional model',
      chain(nested(dense(4), layer('Activation', 'a', { activation: 'sigmoid' }))),
      'sigmoid',
      'a',
    ],
    ['another function', [input, dense(4, 'tanh')], 'other'],
    [
      'a softmax over something else',
      [
        input,
        dense(4),
        layer('Reshape', 'r', { target_shape: [4, 1] }),
        layer('Softmax', 's', { axis: 1 }),
        layer('Flatten', 'f'),
      ],
      'unknown',
    ],
  ])('%s', (_, layers, kind, at) => {
    const { ending, model, outputShape } = read(write(layers), weights);
    expect(ending).toMatchObject(at === undefined ? { kind } : { kind, layer: at });
    expect(outputShape).toEqual([4]);
    if (at === undefined) return;
    takeOff(model);
    expect(endingOf(model).kind).not.toBe(kind);
  });

  it('several branches together', () => {
    const layers = [
      input,
      { ...dense(4, 'softmax'), from: ['in'] },
      { ...dense(4, 'softmax', 'dense_1'), from: ['in'] },
      { ...layer('Average', 'mean'), from: ['dense', 'dense_1'] },
    ];
    const two = [
      ...weights,
      ...denseWeights(8, 4).map((w) => ({ ...w, name: w.name.replace('dense', 'dense_1') })),
    ];
    expect(read(write(layers), two).ending).toEqual({ kind: 'unknown', probabilities: true });
  });
});

describe('a topology of Keras 3', () => {
  it('becomes that of Keras 2', () => {
    for (const layers of [denseLayers(8, [6, 'relu'], [4, 'softmax']), chain(dense(4))]) {
      const own = layers.length > 2 ? denseWeights(8, 6, 4) : weights;
      const { model } = read(keras3(layers), own);
      const text = JSON.stringify(model);
      for (const word of ['batch_shape', 'DTypePolicy', 'registered_name', '__keras_tensor__', 'module'])
        expect(text).not.toContain(word);
      const nodes = (one: unknown) => /"inbound_nodes":\[\[.*?\]\]/.exec(JSON.stringify(one))?.[0];
      expect(nodes(model)).toBe(nodes(keras2(layers)));
    }
  });

  it('matches weights with other names by layer and position', () => {
    const layers = denseLayers(8, [6, 'relu'], [4, 'linear']);
    const names = ['dense/kernel', 'dense/bias', 'dense_1/kernel', 'dense_1/bias'];
    const renamed = (to: (name: string, i: number) => string) =>
      denseWeights(8, 6, 4).map((weight, i) => ({ ...weight, name: to(weight.name, i) }));
    for (const to of [
      (name: string) => `sequential/${name}`,
      (name: string) => `${name}:0`,
      (name: string, i: number) => `layers/${name.split('/')[0]}/vars/${i % 2}`,
    ])
      expect(read(keras3(layers), renamed(to)).weights.map(({ name }) => name)).toEqual(names);
    // An archive calls layers by their class.
    const own = [layers[0]!, { ...layers[1]!, name: 'hidden' }, { ...layers[2]!, name: 'logits' }];
    const archived = renamed((name, i) => `layers/${name.split('/')[0]}/vars/${i % 2}`);
    expect(read(keras3(own), archived).weights.map(({ name }) => name)).toEqual([
      'hidden/kernel',
      'hidden/bias',
      'logits/kernel',
      'logits/bias',
    ]);
  });
});

describe('a model that cannot be loaded is an error that names the cause', () => {
  it.each<[string, SavedLayer[], RegExp, (readonly SavedWeight[])?]>([
    [
      'a layer',
      [input, layer('Normalization', 'norm'), dense(4)],
      /layer “norm” is a Normalization, which TensorFlow\.js does not support/,
    ],
    ['an activation', [input, dense(4, 'leaky_relu')], /layer “dense” has the activation leaky_relu/],
    [
      'a key',
      [input, layer('ReLU', 'r', { negative_slope: 0.2 }), dense(4)],
      /layer “r” has negative_slope 0\.2/,
    ],
    [
      'a weight too few',
      [input, dense(4)],
      /layer “dense” \(Dense\) needs the weight “bias”/,
      weights.slice(0, 1),
    ],
    [
      'a weight too many',
      [input, dense(4)],
      /weight “x\/kernel” does not belong to any/,
      [...weights, { ...weights[0]!, name: 'x/kernel' }],
    ],
    [
      'a weight of another shape',
      [input, dense(5)],
      /“dense\/kernel” has the shape \[8, 4\], but its layer “dense” \(Dense\) needs \[8, 5\]/,
    ],
    [
      'a weight for other inputs',
      [{ ...input, config: { batch_input_shape: [null, 9] } }, dense(4)],
      /needs \[9, 4\]/,
    ],
  ])('%s', (_, layers, message, own = weights) => {
    for (const write of Object.values(forms)) expect(() => read(write(layers), own)).toThrow(message);
  });

  it('weights stored in another way', () => {
    const topology = keras3(chain(dense(4))) as { config: { layers: Record<string, unknown>[] } };
    const [, last] = topology.config.layers;
    const [node] = last!['inbound_nodes'] as { args: unknown; kwargs: unknown }[];
    last!['inbound_nodes'] = [{ args: [], kwargs: { inputs: node!.args } }];
    expect(() => read(topology, weights)).toThrow(/layer “dense” \(Dense\) gets tensors in a way/);
  });

  it('truncated weights', () => {
    const file = writeSavedModel(workspace(), keras2([input, dense(4)]), weights);
    expect(describeSavedModel(file)).toMatchObject({ parameters: 36, inputShape: [8], outputs: 4 });
    truncateSync(join(file, '../weights.bin'), 100);
    expect(() => describeSavedModel(file)).toThrow(/have 100 bytes, but the model needs 144/);
  });

  it('a graph model', () => {
    const file = writeSavedModel(workspace(), keras2([input, dense(4)]), weights);
    const json = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...json, format: 'graph-model' }));
    expect(() => describeSavedModel(file)).toThrow(/is a graph model/);
  });
});

describe('a hostile model.json', () => {
  it('with a cycle among its layers is refused', () => {
    const cycle = [input, { ...dense(4), from: ['s'] }, { ...layer('Softmax', 's'), from: ['dense'] }];
    expect(() => read(keras2(cycle), weights)).toThrow('is among its own inputs');
  });

  it('with endless nesting is refused', () => {
    let deep = nested(dense(4));
    for (let i = 0; i < 500; i++) deep = nested(deep);
    expect(() => read(keras2([input, deep]), weights)).toThrow('nests its layers more than 100 deep');
  });

  it.each(['../weights.bin', '/etc/passwd', 'C:\\weights.bin', 'a/../../weights.bin'])(
    'with weights at %s, outside its folder, is refused',
    (path) => {
      const json = modelJson(keras2([input, dense(4)]), weights) as {
        weightsManifest: { paths: string[] }[];
      };
      json.weightsManifest[0]!.paths = [path];
      expect(() => understand('m.json', json)).toThrow('not in its folder');
    },
  );

  it('with a NUL in a path is a missing file', () => {
    const folder = workspace({ 'model.json': '{}' });
    const json = modelJson(keras2([input, dense(4)]), weights) as { weightsManifest: { paths: string[] }[] };
    json.weightsManifest[0]!.paths = ['w\0.bin'];
    writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
    expect(() => describeSavedModel(join(folder, 'model.json'))).toThrow('refers to the weights file');
  });
});
