import { input, layers, model } from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/config/errors';
import { loadEngine } from '../../../src/engines/engines';
import type { TensorFlow } from '../../../src/methods/method';
import { Network } from '../../../src/models/network';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadEngine('portable'));
});

/** A network of images of 6 × 6 with one layer between. */
function networkWith(layer: layers.Layer): Network {
  const inputs = input({ shape: [6, 6, 2] });
  const y = layer.apply(inputs) as SymbolicTensor;
  const logits = layers.dense({ units: 3 }).apply(layers.flatten().apply(y)) as SymbolicTensor;
  return new Network(model({ inputs, outputs: logits }), 0);
}
const infer = (network: Network) => network.infer(tf.ones([2, 6, 6, 2])).shape;
const train = (network: Network) => network.train(tf.ones([2, 6, 6, 2]), 0).shape;

describe('a layer of a saved model', () => {
  test.each([
    layers.conv2d({ filters: 2, kernelSize: 3, activation: 'selu' }),
    layers.layerNormalization(),
    layers.zeroPadding2d({ padding: 1 }),
    layers.leakyReLU({ alpha: 0.1 }),
    layers.softmax({ axis: 3 }),
  ])('that is tested trains: $name', (layer) => {
    expect(train(networkWith(layer))).toEqual([2, 3]);
  });

  test.each([
    [
      layers.conv2dTranspose({ filters: 2, kernelSize: 3, name: 'up' }),
      'The layer "up" is a Conv2DTranspose',
    ],
    [
      layers.conv2d({ filters: 2, kernelSize: 1, activation: 'mish', name: 'c' }),
      'The layer "c" has the activation mish',
    ],
    [
      layers.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2, name: 'wide' }),
      'The layer "wide" has a dilation',
    ],
    [layers.gaussianNoise({ stddev: 1, name: 'noise' }), 'whose random numbers cannot be repeated'],
  ])('that is not tested predicts, and says why it does not train', (layer, sentence) => {
    const network = networkWith(layer);
    expect(infer(network)).toEqual([2, 3]);
    expect(() => train(network)).toThrow(UserError);
    expect(() => train(network)).toThrow(sentence);
  });
});

test.each([
  { center: false, scale: true, trainable: false },
  { center: false, scale: true, trainable: true },
  { center: true, scale: false, trainable: true },
  { center: false, scale: false, trainable: false },
])('a batch normalization without offset or scale lets the layers behind it train: %o', (config) => {
  const network = networkWith(layers.batchNormalization(config));
  const before = network.weights.length;
  const { grads } = tf.variableGrads(
    () => tf.sum(network.train(tf.ones([2, 6, 6, 2]), 0)),
    network.trainable.map(({ variable }) => variable),
  );
  expect(Object.keys(grads)).toHaveLength(network.trainable.length);
  expect(network.weights).toHaveLength(before);
});
