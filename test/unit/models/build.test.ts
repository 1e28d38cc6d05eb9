import { beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { layerSchema, type Layer } from '../../../src/config/layers';
import { describeNetwork } from '../../../src/config/shapes';
import { stream } from '../../../src/data/random';
import { loadEngine } from '../../../src/engines/engines';
import type { TensorFlow } from '../../../src/methods/method';
import { buildNetwork } from '../../../src/models/build';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadEngine('portable'));
});

const layers = (...list: unknown[]): Layer[] => list.map((layer) => layerSchema.parse(layer));
const images = [9, 8, 2];
const head = [{ type: 'flatten' }, { type: 'dense', units: 3 }];

const networks: Record<string, [number[], Layer[]]> = {
  'a perceptron of flat inputs': [
    [64],
    layers(
      { type: 'flatten' },
      { type: 'dropout', rate: 0.1 },
      { type: 'dense', units: 16, activation: 'relu' },
      { type: 'batchNormalization' },
      { type: 'dense', units: 3, useBias: false },
    ),
  ],
  'convolutions and pools': [
    images,
    layers(
      { type: 'conv2d', filters: 4, strides: [2, 1], padding: 'valid' },
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'swish' },
      { type: 'maxPooling2d', padding: 'same' },
      { type: 'depthwiseConv2d', depthMultiplier: 2, strides: 1, activation: 'relu6' },
      { type: 'averagePooling2d', poolSize: 2, strides: 1 },
      ...head,
    ),
  ],
  'residual blocks': [
    images,
    layers(
      { type: 'residual', filters: 4, strides: 2 },
      { type: 'residual', filters: 4, name: 'second' },
      { type: 'residual', filters: 3, normalization: false, activation: 'gelu' },
      { type: 'globalAveragePooling2d' },
      { type: 'dense', units: 3 },
    ),
  ],
};

describe.each(Object.entries(networks))('%s', (_, [inputShape, list]) => {
  test('has the parameters and shapes that the config describes', () => {
    const network = buildNetwork(list, inputShape, 3, 0);
    const described = describeNetwork(list, inputShape);
    const trainable = network.trainable.reduce((sum, w) => sum + w.shape.reduce((a, b) => a * b, 1), 0);
    expect(network.size).toEqual({ parameters: described.total, bytes: 4 * described.total });
    expect(trainable).toBe(described.trainable);
    list.forEach((layer, i) => {
      const built = network.model.getLayer(layer.name ?? `${layer.type}_${i + 1}`);
      expect((built.outputShape as number[]).slice(1)).toEqual(described.layers[i]!.outputShape);
    });
    network.dispose();
  });

  test('outputs logits, independent of the batch', () => {
    const network = buildNetwork(list, inputShape, 3, 0);
    const width = inputShape.reduce((a, b) => a * b, 1);
    const numbers = stream(0, 'inputs').fillNormal(new Float32Array(5 * width));
    const all = network.infer(tf.tensor(numbers, [5, ...inputShape]));
    const last = network.infer(tf.tensor(numbers.slice(4 * width), [1, ...inputShape]));
    expect(all.shape).toEqual([5, 3]);
    expect(last.dataSync()).toEqual(all.dataSync().slice(12));
    network.dispose();
  });

  test('its weights are a function of the seed', async () => {
    const [a, again, other] = await Promise.all(
      [7, 7, 8].map((seed) => buildNetwork(list, inputShape, 3, seed).read()),
    );
    expect(again).toEqual(a);
    expect(other).not.toEqual(a);
  });
});

test('kernels are Glorot uniform, biases zero', async () => {
  const network = buildNetwork(layers({ type: 'dense', units: 500 }), [300], 500, 1);
  const { 'dense_1/kernel': kernel, 'dense_1/bias': bias } = await network.read();
  const limit = Math.sqrt(6 / 800);
  expect(kernel!.reduce((a, b) => Math.max(a, b))).toBeLessThan(limit);
  expect(kernel!.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(0.999 * limit);
  expect(kernel!.reduce((a, b) => Math.min(a, b))).toBeLessThan(-0.999 * limit);
  const variance = kernel!.reduce((sum, w) => sum + w * w, 0) / kernel!.length;
  expect(variance).toBeCloseTo((limit * limit) / 3, 5);
  expect(bias!.every((b) => b === 0)).toBe(true);
});

test('all weights are written, or none', async () => {
  const network = buildNetwork(layers({ type: 'dense', units: 3 }), [6], 3, 1);
  const before = await network.read();
  const { 'dense_1/bias': _, ...some } = before;
  expect(() => network.write(some, tf.tensor)).toThrow('no values for the weight "dense_1/bias"');
  expect(() => network.write({ ...before, other: new Float32Array(1) }, tf.tensor)).toThrow(
    'no weight "other"',
  );
  expect(await network.read()).toEqual(before);
});

test('a layer keeps its initial weights when another one is added after it', async () => {
  const short = await buildNetwork(layers({ type: 'dense', units: 3 }), [6], 3, 1).read();
  const long = await buildNetwork(
    layers({ type: 'dense', units: 3 }, { type: 'dense', units: 3 }),
    [6],
    3,
    1,
  ).read();
  expect(long['dense_1/kernel']).toEqual(short['dense_1/kernel']);
});

describe('dropout', () => {
  const build = (seed = 0) =>
    buildNetwork(
      layers({ type: 'dropout', rate: 0.25 }, { type: 'activation', activation: 'linear' }),
      [1000],
      1000,
      seed,
    );
  const ones = () => tf.ones([4, 1000]);
  const masks = (seed: number, step: number) => [...build(seed).train(ones(), step).dataSync()];

  test('is not applied in inference', () => {
    expect([...build().infer(ones()).dataSync()].every((x) => x === 1)).toBe(true);
  });

  test('drops the given fraction and keeps the mean', () => {
    const values = masks(0, 3);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(values.filter((x) => x === 0).length / values.length).toBeCloseTo(0.25, 1);
  });

  test('its mask is a function of seed and step', () => {
    expect(masks(1, 5)).toEqual(masks(1, 5));
    expect(masks(1, 6)).not.toEqual(masks(1, 5));
    expect(masks(2, 5)).not.toEqual(masks(1, 5));
  });

  test('two layers have different masks', () => {
    const network = buildNetwork(
      layers({ type: 'dropout', rate: 0.5 }, { type: 'dropout', rate: 0.5 }),
      [1000],
      1000,
      0,
    );
    const kept = [...network.train(ones(), 0).dataSync()].filter((x) => x > 0).length;
    expect(kept / 4000).toBeCloseTo(0.25, 1);
  });
});

test('layers that do not fit are a UserError', () => {
  expect(() => buildNetwork(layers({ type: 'conv2d', filters: 3 }), [64], 3, 0)).toThrow(UserError);
  expect(() => buildNetwork(layers({ type: 'dense', units: 4 }), [64], 10, 0)).toThrow(
    'The output of the network has the shape [4], but the data have 10 classes. Use a dense layer with 10 units as the last layer.',
  );
});
