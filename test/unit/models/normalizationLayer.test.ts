import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { layers as tfLayers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layerSchema } from '../../../src/config/layers';
import { describeSavedModel } from '../../../src/config/savedModel';
import { normalize } from '../../../src/data/normalization';
import { stream } from '../../../src/data/random';
import { loadEngine } from '../../../src/engines/engines';
import type { TensorFlow } from '../../../src/methods/method';
import { buildNetwork } from '../../../src/models/build';
import { loadNetwork } from '../../../src/models/load';
import { Network } from '../../../src/models/network';
import { modelFiles } from '../../../src/models/save';

const list = (...layers: object[]) => layers.map((layer) => layerSchema.parse(layer));
const folder = mkdtempSync(join(tmpdir(), 'normalization-'));
afterAll(() => rmSync(folder, { recursive: true }));
let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadEngine('portable'));
});

interface Case {
  shape: number[];
  normalization: { mean: number[]; sd: number[] };
  make: () => Network;
}
const table = { mean: [5000, -0.01, 3].map(Math.fround), sd: [800, 0.002, 1].map(Math.fround) };
const cases: Record<string, Case> = {
  'a table': {
    shape: [3],
    normalization: table,
    make: () =>
      buildNetwork(
        list({ type: 'dense', units: 8, activation: 'relu' }, { type: 'dense', units: 2 }),
        [3],
        2,
        0,
      ),
  },
  'pictures, by channel, through branches': {
    shape: [6, 6, 3],
    normalization: { mean: [120, 110, 90], sd: [60, 50, 40] },
    make: () =>
      buildNetwork(
        list(
          { type: 'residual', filters: 4 },
          { type: 'batchNormalization' },
          { type: 'flatten' },
          { type: 'dense', units: 2 },
        ),
        [6, 6, 3],
        2,
        0,
      ),
  },
  'one mean for all channels': {
    shape: [4, 4, 3],
    normalization: { mean: [127.5], sd: [127.5] },
    make: () => buildNetwork(list({ type: 'flatten' }, { type: 'dense', units: 2 }), [4, 4, 3], 2, 0),
  },
  'a sequential model': {
    shape: [3],
    normalization: table,
    make: () => {
      const model = sequential();
      model.add(tfLayers.dense({ units: 4, inputShape: [3], activation: 'relu' }));
      model.add(tfLayers.dense({ units: 2 }));
      return new Network(model, 0);
    },
  },
};

const raw = ({ shape, normalization: { mean, sd } }: Case) => {
  const width = shape.reduce((a, b) => a * b, 1);
  return stream(0, 'raw')
    .fillNormal(new Float32Array(5 * width))
    .map((value, i) => value * sd[i % sd.length]! + mean[i % mean.length]!);
};

async function save({ shape, normalization }: Case, network: Network) {
  const files = await modelFiles(network.model, {
    title: 'A student',
    inputShape: shape,
    preprocessor: { resize: undefined, normalization },
    scale: 1,
    classes: ['a', 'b'],
    parameters: network.size.parameters,
  });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return files;
}
const answers = (network: Network, inputs: Float32Array, shape: number[]) => [
  ...network.infer(tf.tensor(inputs, [5, ...shape])).dataSync(),
];

describe.each(Object.entries(cases))('a saved model that normalizes its inputs: %s', (_, one) => {
  test('takes raw inputs in stock loadLayersModel', async () => {
    const network = one.make();
    const files = await save(one, network);
    const { modelTopology, weightsManifest } = JSON.parse(files['model.json'] as string) as {
      modelTopology: object;
      weightsManifest: io.WeightsManifestConfig;
    };
    const model = await loadLayersModel(
      io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0]!.weights,
        weightData: (files['weights.bin'] as Uint8Array).slice().buffer,
      }),
    );
    const predicted = model.predict(tf.tensor(raw(one), [5, ...one.shape])) as ReturnType<Network['infer']>;
    const expected = answers(network, normalize(raw(one), one.normalization), one.shape);
    predicted.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
    expect(describeSavedModel(join(folder, 'model.json'))).toMatchObject({ inputShape: one.shape });
    expect(files['README.md']).toContain('The first layer, normalize_inputs');
  });

  test('loads without that layer for inputs that are normalized already, bit for bit', async () => {
    const network = one.make();
    await save(one, network);
    const again = await loadNetwork(join(folder, 'model.json'), one.shape, 2, 0, { normalized: true });
    const seen = normalize(raw(one), one.normalization);
    expect(answers(again, seen, one.shape)).toEqual(answers(network, seen, one.shape));
    expect(await again.read()).toEqual(await network.read());
  });

  test('can be used with it as a teacher or student, whose normalization does not change in training', async () => {
    const network = one.make();
    await save(one, network);
    const whole = await loadNetwork(join(folder, 'model.json'), one.shape, 2, 0);
    expect(whole.trainable.map(({ name }) => name)).toEqual(network.trainable.map(({ name }) => name));
    const own = async () =>
      Object.entries(await whole.read()).filter(([name]) => name.startsWith('normalize_inputs'));
    const before = await own();
    tf.dispose(whole.train(tf.tensor(raw(one), [5, ...one.shape]), 0));
    expect(await own()).toEqual(before);
    expect(before).toHaveLength(3);
    // Normalized once more, and undone again.
    await save(one, whole);
    const again = await loadNetwork(join(folder, 'model.json'), one.shape, 2, 0, { normalized: true });
    expect(await again.read()).toEqual(await whole.read());
  });
});
