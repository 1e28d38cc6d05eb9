import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { layerSchema } from '../../../src/config/layers';
import { stream } from '../../../src/data/random';
import { loadEngine } from '../../../src/engines/engines';
import type { TensorFlow } from '../../../src/methods/method';
import { buildNetwork } from '../../../src/models/build';
import { loadNetwork } from '../../../src/models/load';
import type { Network } from '../../../src/models/network';
import { modelFiles } from '../../../src/models/save';

const SHAPE = [6, 6, 1];
const ACTIVATIONS = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'gelu',
  'sigmoid',
  'tanh',
  'softplus',
  'swish',
];
const layers = [
  ...ACTIVATIONS.map((activation) => ({ type: 'activation', activation })),
  { type: 'conv2d', filters: 3, activation: 'gelu' },
  { type: 'residual', filters: 4, strides: 2, activation: 'swish' },
  { type: 'depthwiseConv2d' },
  { type: 'batchNormalization' },
  { type: 'maxPooling2d', padding: 'same' },
  { type: 'averagePooling2d', poolSize: 1 },
  { type: 'dropout', rate: 0.5 },
  { type: 'flatten' },
  { type: 'dense', units: 5 },
].map((layer) => layerSchema.parse(layer));

const about = {
  title: 'A student',
  inputShape: SHAPE,
  preprocessor: null,
  scale: 16,
  classes: ['a', 'b', 'c', 'd', 'e'],
  parameters: 1,
};

let tf: TensorFlow;
let network: Network;
let folder: string;
let inputs: Float32Array;
beforeAll(async () => {
  ({ tf } = await loadEngine('portable'));
  network = buildNetwork(layers, SHAPE, 5, 0);
  inputs = stream(0, 'x').fillNormal(new Float32Array(7 * 36));
  // Moving statistics that are not those of a new network.
  tf.dispose(network.train(tf.tensor(inputs, [7, ...SHAPE]), 0));
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
  for (const [name, content] of Object.entries(await modelFiles(network.model, about)))
    writeFileSync(join(folder, name), content);
});

const logits = () => [...network.infer(tf.tensor(inputs, [7, ...SHAPE])).dataSync()];

/** Reads the files as a browser would fetch them. */
const files: io.IOHandler = {
  load() {
    const { modelTopology, weightsManifest } = JSON.parse(
      readFileSync(join(folder, 'model.json'), 'utf8'),
    ) as {
      modelTopology: object;
      weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
    };
    const [{ paths, weights: weightSpecs }] = weightsManifest as [(typeof weightsManifest)[0]];
    const weightData = Uint8Array.from(readFileSync(join(folder, paths[0]!))).buffer;
    return Promise.resolve({ modelTopology, weightSpecs, weightData });
  },
};

describe('a saved model', () => {
  test('loads in stock loadLayersModel and predicts the same, with every layer and activation', async () => {
    const model = await loadLayersModel(files);
    const predicted = model.predict(tf.tensor(inputs, [7, ...SHAPE])) as ReturnType<Network['infer']>;
    expect([...predicted.dataSync()]).toEqual(logits());
    expect(model.layers.map((layer) => layer.getClassName())).toContain('Dropout');
  });

  test('loads back as a network with the same weights, whose dropout is seeded again', async () => {
    const again = await loadNetwork(join(folder, 'model.json'), SHAPE, 5, 3);
    expect(await again.read()).toEqual(await network.read());
    expect([...again.infer(tf.tensor(inputs, [7, ...SHAPE])).dataSync()]).toEqual(logits());
    const train = () => [...again.train(tf.tensor(inputs, [7, ...SHAPE]), 4).dataSync()];
    expect(train()).toEqual(train());
  });

  test('has the same files, byte for byte, each time', async () => {
    expect(await modelFiles(network.model, about)).toEqual(await modelFiles(network.model, about));
  });

  test('has a README', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(readme).toContain('# A student');
    expect(readme).toContain('[batch, 6, 6, 1], raw values divided by 16');
    expect(readme).toContain('a, b, c, d, e');
  });
});

describe('a model that cannot be used is an error that names the file', () => {
  const load = (shape = SHAPE, classes = 5) => loadNetwork(join(folder, 'model.json'), shape, classes, 0);

  test('weights missing', async () => {
    rmSync(join(folder, 'weights.bin'));
    await expect(load()).rejects.toThrow(
      new UserError(`A weights file is missing: ${join(folder, 'weights.bin')}.`),
    );
  });

  test('truncated weights', async () => {
    truncateSync(join(folder, 'weights.bin'), 100);
    await expect(load()).rejects.toThrow(
      /model\.json have 100 bytes, but the model needs \d+: a weights file is truncated/,
    );
  });

  test('no file, no JSON, no model', async () => {
    writeFileSync(join(folder, 'model.json'), '{}');
    await expect(load()).rejects.toThrow(/lists no weights/);
    writeFileSync(join(folder, 'model.json'), '\u0000\u0001');
    await expect(load()).rejects.toThrow(/is not JSON/);
    rmSync(join(folder, 'model.json'));
    await expect(load()).rejects.toThrow(/The saved model is missing: .*model\.json/);
  });

  test('other inputs or classes than the data', async () => {
    await expect(load([64])).rejects.toThrow(/takes inputs of shape \[6, 6, 1\], but the data have \[64\]/);
    await expect(load(SHAPE, 4)).rejects.toThrow(/has the shape \[5\], but the data have 4 classes/);
  });
});
